import { refused, shown } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineCommand } from '../../../core/command.ts';
import { yesNo } from '../../../core/field.ts';
import { code, instant } from '../../../core/text.ts';
import { dateField } from '../../../time/fields.ts';
import { atWallClock, localDate } from '../../../time/wall-clock.ts';
import { partnerField } from '../../directory/feature.ts';
import { listGroups } from '../groups/store.ts';
import { findProgramme } from '../programme/store.ts';
import { findOpenRound } from '../rounds/store.ts';
import { say } from '../words.ts';
import { avoidingCard, myIntroductionsCard, skippedCard } from './cards.ts';
import { comingRounds } from './coming/rules.ts';
import { absenceOf } from './rules.ts';
import {
  closeSkips,
  findChoice,
  listAvoids,
  listCandidates,
  listSkips,
  recordAvoid,
  recordChoice,
  recordSkip,
} from './store.ts';

const shownIntroductions = 5;

export const skip = defineCommand({
  name: 'intros skip',
  answers: 'privately',
  by: 'member',
  async run({ asked, tools }) {
    const { coalition, member, reader, now } = asked;
    const programme = await findProgramme(tools.database, coalition.id);
    if (!programme) return refused('introductions.none', say(reader, 'skip.none'));
    const open = await findOpenRound(tools.database, coalition.id);
    const [first, second] = comingRounds(programme, coalition, open, now);
    await tools.write((writing) => recordSkip(writing, coalition.id, member.id, first.date));
    return shown(skippedCard(reader, first.date, first.sendAt, second.sendAt, coalition.timeZone));
  },
});

export const pause = defineCommand({
  name: 'intros pause',
  answers: 'privately',
  by: 'member',
  options: { until: dateField() },
  async run({ options, asked, tools }) {
    const { coalition, member, reader, now } = asked;
    const pausedUntil = atWallClock(options.until, '00:00', member.timeZone);
    if (pausedUntil <= now) {
      const today = localDate(now, member.timeZone);
      return refused('introductions.past', say(reader, 'pause.past', { got: options.until, today }));
    }
    await tools.write((writing) => recordChoice(writing, coalition.id, member.id, { pausedUntil }));
    const until = instant(pausedUntil, member.timeZone, 'date');
    return shown(card(paragraph(say(reader, 'pause.done', { until, resume: code('/intros resume') }))));
  },
});

/** Back from a pause, a skip, a rest or a no: whatever kept somebody out is over. */
export const resume = defineCommand({
  name: 'intros resume',
  answers: 'privately',
  by: 'member',
  async run({ asked, tools }) {
    const { coalition, member, reader, now } = asked;
    await tools.write(async (writing) => {
      await recordChoice(writing, coalition.id, member.id, {
        takesPart: true,
        inChannel: true,
        pausedUntil: null,
        restedAt: null,
        countedFrom: now,
      });
      await closeSkips(writing, coalition.id, member.id, localDate(now, coalition.timeZone));
    });
    const programme = await findProgramme(tools.database, coalition.id);
    if (!programme) return shown(card(paragraph(say(reader, 'resume.later'))));
    const [first] = comingRounds(
      programme,
      coalition,
      await findOpenRound(tools.database, coalition.id),
      now,
    );
    const at = instant(first.sendAt, coalition.timeZone);
    return shown(card(paragraph(say(reader, 'resume.done', { at }))));
  },
});

export const avoid = defineCommand({
  name: 'intros avoid',
  answers: 'privately',
  by: 'member',
  options: { partner: partnerField() },
  async run({ options, asked, tools }) {
    const { coalition, member, reader } = asked;
    const { partner } = options;
    if (member.partner?.id === partner.id)
      return refused('introductions.own-partner', say(reader, 'avoid.own'));
    await tools.write((writing) => recordAvoid(writing, coalition.id, member.id, partner.id));
    const avoided = await listAvoids(tools.database, coalition.id, member.id);
    return shown(avoidingCard(reader, avoided, say(reader, 'avoid.done', { name: partner.name })));
  },
});

export const buddy = defineCommand({
  name: 'intros buddy',
  answers: 'privately',
  by: 'member',
  options: { agree: yesNo() },
  async run({ options, asked, tools }) {
    const { coalition, member, reader } = asked;
    await tools.write((writing) => recordChoice(writing, coalition.id, member.id, { buddy: options.agree }));
    return shown(card(paragraph(say(reader, options.agree ? 'buddy.yes' : 'buddy.no'))));
  },
});

export const me = defineCommand({
  name: 'intros me',
  bare: true,
  answers: 'privately',
  by: 'member',
  async run({ asked, tools }) {
    const { coalition, member, reader, now } = asked;
    const { database } = tools;
    const programme = await findProgramme(database, coalition.id);
    const open = await findOpenRound(database, coalition.id);
    const skips = await listSkips(database, coalition.id, member.id, localDate(now, coalition.timeZone));
    const coming = programme ? comingRounds(programme, coalition, open, now) : [];
    const next = coming.find(({ date }) => !skips.includes(date)) ?? null;
    const [own] = await listCandidates(database, coalition.id, next?.date ?? null, [member.id]);
    return shown(
      myIntroductionsCard(reader, {
        memberId: member.id,
        met: await listGroups(database, coalition.id, {
          memberId: member.id,
          states: ['sent'],
          most: shownIntroductions,
        }),
        next: next?.sendAt ?? null,
        absence: own && programme ? absenceOf(own, programme, next?.sendAt ?? now) : null,
        choice: await findChoice(database, coalition.id, member.id),
        timeZone: coalition.timeZone,
      }),
    );
  },
});
