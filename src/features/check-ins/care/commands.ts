import { refused, shown } from '../../../core/answer.ts';
import { defineCommand } from '../../../core/command.ts';
import { choice, optional, problem, refined, text, wholeNumber, yesNo } from '../../../core/field.ts';
import { talkingPoints } from '../../../core/talking-points.ts';
import type { Coalition } from '../../../core/who.ts';
import { memberField } from '../../../identity/fields.ts';
import { localDate } from '../../../time/wall-clock.ts';
import { partnerField } from '../../directory/feature.ts';
import { say } from '../words.ts';
import { careCard, type Due, dueCard, dueShown, rhythmsCard } from './cards.ts';
import {
  mostOverdueFirst,
  type Rhythm,
  rhythmOf,
  rhythmRange,
  standingOf,
  tiers,
  usualRhythms,
} from './rules.ts';
import {
  findCare,
  listNames,
  listRhythms,
  listWatched,
  recordCare,
  recordRhythm,
  type Watched,
} from './store.ts';

/** Two intervals as people write them: 14-30. */
const daysField = () =>
  refined<Rhythm>(text({ max: 12 }), (typed) => {
    const [, ideal, longest] = /^(\d{1,3})\s*[-–]\s*(\d{1,3})$/.exec(typed) ?? [];
    const days = { idealDays: Number(ideal), longestDays: Number(longest) };
    const fits = days.idealDays >= 1 && days.longestDays >= days.idealDays;
    return ideal && longest && fits ? days : problem('problem.days', { got: typed });
  });

export const due = defineCommand({
  name: 'checkin due',
  answers: 'privately',
  by: 'backbone',
  options: { mine: optional(yesNo()) },
  async run({ options: { mine = false }, asked, tools }) {
    const { coalition, member, reader, now } = asked;
    const { database } = tools;
    const watched = await listWatched(database, coalition.id, mine ? member.id : null);
    const rhythms = await listRhythms(database, coalition.id);
    const today = localDate(now, coalition.timeZone);
    const all = watched
      .map((partner) => ({ partner, standing: standingOf(clockOf(partner, rhythms, coalition), today) }))
      .sort((a, b) => mostOverdueFirst(a.standing, b.standing) || (a.partner.name < b.partner.name ? -1 : 1));
    const wanted = all.filter(({ standing }) => standing.state !== 'fine');
    const counts = {
      overdue: wanted.filter(({ standing }) => standing.state === 'overdue').length,
      due: wanted.filter(({ standing }) => standing.state === 'due').length,
      all: all.length,
    };
    const first = wanted.slice(0, dueShown);
    const names = await listNames(
      database,
      coalition.id,
      first.map(({ partner }) => partner.care?.ownerId),
    );
    const listed: Due[] = [];
    for (const { partner, standing } of first) {
      const owner = names.get(partner.care?.ownerId ?? '') ?? null;
      listed.push({
        partner,
        standing,
        owner,
        points: await talkingPoints(tools, coalition, partner.id, reader),
      });
    }
    return shown(dueCard(reader, { due: listed, counts, mine }));
  },
});

const clockOf = (
  partner: Watched,
  rhythms: Awaited<ReturnType<typeof listRhythms>>,
  coalition: Coalition,
) => ({
  joinedOn: localDate(partner.joinedAt, coalition.timeZone),
  lastOn: partner.lastAt && localDate(partner.lastAt, coalition.timeZone),
  rhythm: rhythmOf(partner.care, rhythms),
});

export const care = defineCommand({
  name: 'checkin care',
  answers: 'privately',
  by: 'backbone',
  options: {
    partner: partnerField(),
    owner: optional(memberField()),
    backup: optional(memberField()),
    tier: optional(choice(tiers, 'tier')),
    days: optional(daysField()),
  },
  async run({ options: { partner, owner, backup, tier, days }, asked, tools }) {
    const { coalition, reader } = asked;
    const stranger = [owner, backup].find((one) => one && one.standing !== 'backbone');
    if (stranger)
      return refused('check-ins.not-staff', say(reader, 'care.not-staff', { name: stranger.name }));
    const change = {
      ...(owner ? { ownerId: owner.id } : {}),
      ...(backup ? { backupId: backup.id } : {}),
      // Another tier brings its own intervals, unless others are given with it.
      ...(tier ? { tier, idealDays: null, longestDays: null } : {}),
      ...days,
    };
    if (Object.keys(change).length > 0)
      await tools.write((writing) => recordCare(writing, coalition.id, partner.id, change));
    const now = await findCare(tools.database, coalition.id, partner.id);
    const names = await listNames(tools.database, coalition.id, [now?.ownerId, now?.backupId]);
    const rhythm = rhythmOf(now, await listRhythms(tools.database, coalition.id));
    const nameOf = (id: string | null | undefined) => names.get(id ?? '') ?? null;
    const people = { owner: nameOf(now?.ownerId), backup: nameOf(now?.backupId) };
    return shown(careCard(reader, { partner: partner.name, ...people, tier: now?.tier ?? 'usual', rhythm }));
  },
});

export const rhythm = defineCommand({
  name: 'checkin rhythm',
  answers: 'privately',
  by: 'backbone',
  options: {
    tier: optional(choice(tiers, 'tier')),
    ideal: optional(wholeNumber(rhythmRange)),
    longest: optional(wholeNumber(rhythmRange)),
  },
  async run({ options: { tier, ideal, longest }, asked, tools }) {
    const { coalition, reader } = asked;
    const known = await listRhythms(tools.database, coalition.id);
    if (tier && (ideal !== undefined || longest !== undefined)) {
      const before = known.get(tier) ?? usualRhythms[tier];
      const next = { idealDays: ideal ?? before.idealDays, longestDays: longest ?? before.longestDays };
      if (next.longestDays < next.idealDays)
        return refused('check-ins.days', say(reader, 'rhythm.order', next));
      await tools.write((writing) => recordRhythm(writing, coalition.id, tier, next));
      known.set(tier, next);
    }
    return shown(
      rhythmsCard(
        reader,
        tiers.map((each) => ({ tier: each, ...(known.get(each) ?? usualRhythms[each]) })),
      ),
    );
  },
});
