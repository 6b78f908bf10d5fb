import { type Answer, refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { defineCommand } from '../../../core/command.ts';
import {
  choice,
  type Field,
  listOf,
  optional,
  problem,
  refined,
  text,
  wholeNumber,
  yesNo,
} from '../../../core/field.ts';
import { foldName } from '../../../core/fold-name.ts';
import type { PartnerId } from '../../../core/ids.ts';
import { limits } from '../../../core/limits.ts';
import { pageAt, paged } from '../../../core/pages.ts';
import type { Tools } from '../../../core/ports.ts';
import { talkingPoints } from '../../../core/talking-points.ts';
import type { Coalition } from '../../../core/who.ts';
import { memberField } from '../../../identity/fields.ts';
import { localDate } from '../../../time/wall-clock.ts';
import { partnerField } from '../../directory/feature.ts';
import { say } from '../words.ts';
import { careCard, type Due, dueCard, dueShown, rhythmsCard } from './cards.ts';
import {
  changedTags,
  mostOverdueFirst,
  type Rhythm,
  type Rhythms,
  rhythmOf,
  rhythmRange,
  type Standing,
  standingOf,
  tagLimits,
  tiers,
  usualRhythms,
} from './rules.ts';
import {
  dropTagRhythm,
  findCare,
  listNames,
  listRhythms,
  listTags,
  listWatched,
  recordCare,
  recordRhythm,
  recordTagRhythm,
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
  run: ({ options: { mine = false }, asked, tools }) => showDue(asked, tools, { mine, page: 0 }),
});

/** Who is due, longest overdue first, then who is only planned. */
export async function showDue(
  { coalition, member, reader, now }: AskedBy<'backbone'>,
  tools: Tools,
  of: { mine: boolean; page: number },
): Promise<Answer> {
  const { database } = tools;
  const watched = await listWatched(database, coalition.id, of.mine ? member.id : null);
  const rhythms = await listRhythms(database, coalition.id);
  const today = localDate(now, coalition.timeZone);
  const all = watched
    .map((partner) => ({ partner, standing: standingOf(clockOf(partner, rhythms, coalition), today) }))
    .sort((a, b) => mostOverdueFirst(a.standing, b.standing) || (a.partner.name < b.partner.name ? -1 : 1));
  const inState = (state: Standing['state']) => all.filter(({ standing }) => standing.state === state);
  const planned = inState('fine').filter(({ partner }) => partner.care?.plannedOn);
  const late = all.filter(({ standing }) => standing.state !== 'fine');
  const counts = {
    overdue: inState('overdue').length,
    due: inState('due').length,
    planned: planned.length,
    all: all.length,
  };
  const wanted = [...late, ...planned];
  const { page, pages, items } = pageAt(
    paged(wanted, () => 1, dueShown),
    of.page,
  );
  const owners = items.map(({ partner }) => partner.care?.ownerId);
  const names = await listNames(database, coalition.id, owners);
  const due: Due[] = [];
  for (const { partner, standing } of items) {
    const owner = names.get(partner.care?.ownerId ?? '') ?? null;
    const points = await talkingPoints(tools, coalition, partner.id, reader);
    due.push({ partner, standing, owner, points });
  }
  return shown(dueCard(reader, { due, counts, page, pages, mine: of.mine }));
}

const clockOf = (partner: Watched, rhythms: Rhythms, coalition: Coalition) => ({
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
    return showCare(asked, tools, partner);
  },
});

async function showCare(
  { coalition, reader }: AskedBy<'backbone'>,
  tools: Tools,
  partner: { readonly id: PartnerId; readonly name: string },
): Promise<Answer> {
  const now = await findCare(tools.database, coalition.id, partner.id);
  const names = await listNames(tools.database, coalition.id, [now?.ownerId, now?.backupId]);
  const rhythm = rhythmOf(now, await listRhythms(tools.database, coalition.id));
  const nameOf = (id: string | null | undefined) => names.get(id ?? '') ?? null;
  const people = { owner: nameOf(now?.ownerId), backup: nameOf(now?.backupId) };
  const { tier = 'usual', tags = [] } = now ?? {};
  return shown(careCard(reader, { partner: partner.name, ...people, tier, tags, rhythm }));
}

const tagsField = () => listOf(tagLimits);

/** Labels are staff's own: no partner sees or exports them. */
export const tag = defineCommand({
  name: 'checkin tag',
  answers: 'privately',
  by: 'backbone',
  options: { partner: partnerField(), add: optional(tagsField()), remove: optional(tagsField()) },
  async run({ options: { partner, add = [], remove = [] }, asked, tools }) {
    const { coalition, reader } = asked;
    const fits = await tools.write(async (writing) => {
      const before = (await findCare(writing.tx, coalition.id, partner.id))?.tags ?? [];
      const tags = changedTags(before, { add, remove });
      if (tags.length > tagLimits.most) return false;
      if (add.length + remove.length > 0) await recordCare(writing, coalition.id, partner.id, { tags });
      return true;
    });
    if (!fits) return refused('check-ins.tags', say(reader, 'tag.too-many', { most: tagLimits.most }));
    return showCare(asked, tools, partner);
  },
});

/** One tag, with those in use as suggestions. */
const tagField = (): Field<string> => ({
  ...text({ max: tagLimits.each }),
  async suggest(typed, { coalition }, { database }) {
    const known = coalition ? await listTags(database, coalition.id) : [];
    const wanted = foldName(typed);
    return known
      .filter((each) => foldName(each).includes(wanted))
      .slice(0, limits.suggestions)
      .map((each) => ({ value: each, label: each }));
  },
});

export const rhythm = defineCommand({
  name: 'checkin rhythm',
  answers: 'privately',
  by: 'backbone',
  options: {
    tier: optional(choice(tiers, 'tier')),
    tag: optional(tagField()),
    ideal: optional(wholeNumber(rhythmRange)),
    longest: optional(wholeNumber(rhythmRange)),
    drop: optional(yesNo()),
  },
  async run({ options: { tier, tag: named, ideal, longest, drop = false }, asked, tools }) {
    const { coalition, reader } = asked;
    if (tier && named) return refused('check-ins.one-rhythm', say(reader, 'rhythm.one-at-a-time'));
    const known = await listRhythms(tools.database, coalition.id);
    const given = ideal !== undefined || longest !== undefined;
    if (named && drop) {
      const dropped = await tools.write((writing) => dropTagRhythm(writing, coalition.id, named));
      if (!dropped) return refused('check-ins.no-tag-rhythm', say(reader, 'rhythm.no-tag', { tag: named }));
    } else if (given && (tier || named)) {
      const before = tier
        ? (known.tiers.get(tier) ?? usualRhythms[tier])
        : (known.tags.get(foldName(named ?? '')) ?? usualRhythms.usual);
      const next = { idealDays: ideal ?? before.idealDays, longestDays: longest ?? before.longestDays };
      if (next.longestDays < next.idealDays)
        return refused('check-ins.days', say(reader, 'rhythm.order', next));
      await tools.write(async (writing) => {
        if (tier) await recordRhythm(writing, coalition.id, tier, next);
        if (named) await recordTagRhythm(writing, coalition.id, named, next);
      });
    }
    const now = await listRhythms(tools.database, coalition.id);
    return shown(
      rhythmsCard(reader, {
        tiers: tiers.map((each) => ({ tier: each, ...(now.tiers.get(each) ?? usualRhythms[each]) })),
        tags: [...now.tags.values()],
      }),
    );
  },
});
