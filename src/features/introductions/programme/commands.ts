import { refused, shown } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineCommand } from '../../../core/command.ts';
import { choice, type Field, optional, wholeNumber } from '../../../core/field.ts';
import { code } from '../../../core/text.ts';
import { placeField } from '../../../identity/fields.ts';
import type { Place } from '../../../identity/store.ts';
import { localDate } from '../../../time/wall-clock.ts';
import { reach } from '../groups/jobs.ts';
import { setWelcomes } from '../newcomers/jobs.ts';
import { welcomeKind } from '../newcomers/rules.ts';
import { representatives } from '../people/rules.ts';
import { listCandidates } from '../people/store.ts';
import { planRound } from '../rounds/jobs.ts';
import { drawKind, headsUpKind, programmeSubject, sendKind } from '../rounds/rules.ts';
import { say } from '../words.ts';
import { invitationCard, startedCard } from './cards.ts';
import { audiences, cadences, firstDate, roundTimes } from './rules.ts';
import { changeWeights, closeProgramme, findProgramme, listTakenDates, openProgramme } from './store.ts';

const longestPreviewHours = 336;

/** A channel only when one is named: most programmes need none. */
function namedPlace(): Field<Place | undefined> {
  const { whenEmpty: _, ...field } = placeField();
  return optional(field);
}

export const start = defineCommand({
  name: 'intros start',
  answers: 'privately',
  by: 'backbone',
  options: {
    cadence: choice(cadences, 'cadence'),
    size: wholeNumber({ least: 2, most: 5 }),
    who: choice(audiences, 'audience'),
    preview: wholeNumber({ least: 0, most: longestPreviewHours }),
    channel: namedPlace(),
  },
  async run({ options, asked, tools }) {
    const { coalition, reader, now } = asked;
    const { cadence, size, who, preview: previewHours, channel } = options;
    if (who === 'channel' && !channel)
      return refused('introductions.channel-missing', say(reader, 'start.channel-missing'));
    const taken = await listTakenDates(tools.database, coalition.id, localDate(now, coalition.timeZone));
    const firstOn = firstDate(now, coalition, previewHours, taken);
    const times = roundTimes({ cadence, previewHours }, firstOn, coalition);
    await tools.write(async (writing) => {
      for (const kind of [headsUpKind, drawKind, sendKind]) {
        await tools.timers.cancel(writing, { coalitionId: coalition.id, kind, subject: programmeSubject });
      }
      const placeId = channel?.id ?? null;
      const programme = { cadence, groupSize: size, who, placeId, previewHours, firstOn };
      await openProgramme(writing, coalition.id, programme);
      await planRound(tools, writing, coalition, programme, firstOn);
      await setWelcomes(tools, writing, coalition);
      if (who === 'channel' && placeId) {
        await tools.delivery.post(writing, {
          coalitionId: coalition.id,
          to: { place: placeId },
          why: say(coalition, 'why.channel'),
          key: `introductions.invitation:${placeId}:${firstOn}`,
          card: invitationCard(coalition, 'channel', coalition.name),
        });
      }
      if (who === 'willing') {
        const asking = (await listCandidates(writing.tx, coalition.id, null)).filter(
          (one) => one.choice.takesPart === null,
        );
        for (const one of representatives(asking).values()) {
          await reach(tools, writing, coalition, one, {
            kind: 'ask',
            subject: 'invitation',
            why: say(coalition, 'why.invitation'),
            card: invitationCard(one, 'yes', coalition.name),
          });
        }
      }
    });
    return shown(startedCard(reader, { cadence, groupSize: size, who }, times, coalition.timeZone));
  },
});

export const stop = defineCommand({
  name: 'intros stop',
  answers: 'privately',
  by: 'backbone',
  async run({ asked, tools }) {
    const { coalition, reader } = asked;
    const stopped = await tools.write(async (writing) => {
      for (const kind of [headsUpKind, drawKind, sendKind, welcomeKind]) {
        await tools.timers.cancel(writing, { coalitionId: coalition.id, kind, subject: programmeSubject });
      }
      return closeProgramme(writing, coalition.id);
    });
    if (!stopped)
      return refused('introductions.none', say(reader, 'preview.none', { start: code('/intros start') }));
    return shown(card(paragraph(say(reader, 'stopped', { start: code('/intros start') }))));
  },
});

const term = () => wholeNumber({ least: 0, most: 10 });
const mostRounds = 1000;

export const weights = defineCommand({
  name: 'intros weights',
  answers: 'privately',
  by: 'backbone',
  options: {
    needs: optional(term()),
    mix: optional(term()),
    languages: optional(term()),
    hours: optional(term()),
    again: optional(wholeNumber({ least: 0, most: mostRounds })),
  },
  async run({ options, asked, tools }) {
    const { coalition, reader } = asked;
    const programme = await findProgramme(tools.database, coalition.id);
    if (!programme)
      return refused('introductions.none', say(reader, 'preview.none', { start: code('/intros start') }));
    const before = programme.weights;
    const changed = {
      needs: options.needs ?? before.needs,
      // Sector and size are one choice for people: size counts half.
      sectors: options.mix ?? before.sectors,
      sizes: options.mix === undefined ? before.sizes : Math.ceil(options.mix / 2),
      languages: options.languages ?? before.languages,
      hours: options.hours ?? before.hours,
    };
    const again = options.again === undefined ? programme.newAgainAfter : options.again || null;
    await tools.write((writing) => changeWeights(writing, coalition.id, changed, again));
    const shownWeights = { ...changed, mix: changed.sectors, again: again ?? 0 };
    return shown(card(paragraph(say(reader, 'weights.text', shownWeights))));
  },
});
