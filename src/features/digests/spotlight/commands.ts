import { refused, shown } from '../../../core/answer.ts';
import { card, heading } from '../../../core/card.ts';
import { defineCommand } from '../../../core/command.ts';
import { instant } from '../../../core/text.ts';
import { findSchedule } from '../issue/store.ts';
import { say } from '../words.ts';
import { listCandidates } from './candidates/store.ts';
import { consentParts, orderCard, pickLine, turnCard } from './cards.ts';
import { spotlightOrder } from './rules.ts';
import { findLatestTurn, findOpenTurn, hasConsent, listPastTurns, listPutOffBy } from './store.ts';

/** How many turns ahead staff are shown. */
const linesShown = 10;

/** A partner's own turn and consent. */
export const spotlight = defineCommand({
  name: 'digest spotlight',
  answers: 'privately',
  by: 'voice',
  async run({ asked: { coalition, member, reader }, tools: { database } }) {
    const { partner } = member;
    const schedule = await findSchedule(database, coalition.id);
    const turn = await findLatestTurn(database, coalition.id, partner.id);
    const consents = await hasConsent(database, coalition.id, partner.id);
    const consenting = consentParts(partner.name, consents, reader);
    if (!turn || !schedule) return shown(card(heading(say.plain(reader, 'spotlight.title')), ...consenting));
    const about = turnCard(turn, schedule, coalition, reader);
    return shown({ ...about, parts: [...about.parts, ...consenting] });
  },
});

export const order = defineCommand({
  name: 'digest order',
  answers: 'privately',
  by: 'backbone',
  async run({ asked: { coalition, reader, now }, tools: { database } }) {
    const schedule = await findSchedule(database, coalition.id);
    if (!schedule) return refused('digests.no-schedule', say(reader, 'status.none'));
    const found = await listCandidates(database, coalition.id, schedule.whenSilent, now);
    const past = await listPastTurns(database, coalition.id);
    const turn = await findOpenTurn(database, coalition.id);
    // While a turn is open, the order begins behind it, as if it had been shown.
    const counted = turn
      ? [
          ...past,
          { partnerId: turn.partnerId, sector: turn.sector, round: turn.round, state: 'shown' as const },
        ]
      : past;
    const putOff = turn ? undefined : await listPutOffBy(database, coalition.id, schedule.issue.id);
    const picks = spotlightOrder(found.candidates, counted, putOff, linesShown);
    const names = new Map(found.candidates.map(({ partnerId, name }) => [partnerId, name]));
    const lines = picks.map((pick) => pickLine(pick, names.get(pick.candidate.partnerId) ?? '', reader));
    const current = turn
      ? say(reader, `order.now-${turn.state as 'asked'}`, {
          partner: { bold: [turn.partnerName] },
          deadline: instant(turn.answerBy, coalition.timeZone),
        })
      : say(reader, 'order.now-nobody');
    const { noConsent, nobodyToAsk } = found;
    const more = found.candidates.length - picks.length - (turn ? 1 : 0);
    return shown(orderCard({ now: current, lines, more, noConsent, nobodyToAsk }, reader));
  },
});
