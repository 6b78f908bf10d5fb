import {
  type Card,
  card,
  divider,
  fields,
  heading,
  list,
  note,
  type Part,
  paragraph,
} from '../../../core/card.ts';
import { turnParts } from '../../../core/pages.ts';
import { plainText, shortened } from '../../../core/plain-text.ts';
import { count, oneOf, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { code, type Text } from '../../../core/text.ts';
import { say } from '../words.ts';
import type { FoundRhythm, Rhythm, Standing, Tier } from './rules.ts';
import type { Watched } from './store.ts';

export type Due = {
  readonly partner: Watched;
  readonly standing: Standing;
  readonly owner: string | null;
  readonly points: readonly Text[];
};

export const duePress = press('check-ins.due', { mine: oneOf(['yes', 'no']), page: count });

/** Partners on one page, each with a talking point of every kind. */
export const dueShown = 3;
/** Letters of one of them. */
const pointLetters = 140;

export function dueCard(
  reader: Reader,
  of: {
    due: readonly Due[];
    counts: { overdue: number; due: number; planned: number; all: number };
    mine: boolean;
    page: number;
    pages: number;
  },
): Card {
  const { due, counts, page, pages } = of;
  const mine = of.mine ? 'yes' : 'no';
  return card(
    heading(say.plain(reader, of.mine ? 'due.title-mine' : 'due.title')),
    due.length === 0
      ? paragraph(say(reader, 'due.none', { all: counts.all }))
      : note(say(reader, 'due.counts', counts)),
    ...due.flatMap((one, index) => [...(index > 0 ? [divider] : []), ...dueParts(reader, one)]),
    ...turnParts(reader, { page, pages }, (to) => duePress.encode({ mine, page: to })),
    due.length > 0 && note(say(reader, 'due.next', { log: code('/checkin log') })),
  );
}

function dueParts(reader: Reader, { partner, standing, owner, points }: Due): Part[] {
  const name = shortened(partner.name, 70);
  const { days } = standing;
  const last = partner.lastAt
    ? say(reader, 'due.last', { days, kind: say.plain(reader, `kind.${partner.lastKind ?? 'call'}`) })
    : say(reader, 'due.never', { days });
  const planned = partner.care?.plannedOn;
  return [
    paragraph(
      say(reader, `due.${standing.state}`, {
        name,
        last,
        owner: owner ? shortened(owner, 50) : say.plain(reader, 'due.nobody'),
        planned: planned ? say.plain(reader, 'due.planned', { date: planned }) : '',
      }),
    ),
    ...(points.length > 0
      ? [list(points.map((point) => [shortened(plainText(point, reader), pointLetters)]))]
      : []),
  ];
}

export function careCard(
  reader: Reader,
  of: {
    partner: string;
    owner: string | null;
    backup: string | null;
    tier: Tier;
    tags: readonly string[];
    rhythm: FoundRhythm;
  },
): Card {
  const { partner, owner, backup, tier, tags, rhythm } = of;
  const nobody = say.plain(reader, 'care.nobody');
  const field = (key: 'owner' | 'backup' | 'tier' | 'tags' | 'days', value: string) => ({
    label: say.plain(reader, `care.${key}`),
    value: [value],
  });
  const { idealDays, longestDays, from } = rhythm;
  const source = say.plain(reader, `care.from.${from}`, { tags: rhythm.tags.join(', ') });
  return card(
    heading(say.plain(reader, 'care.title', { partner: shortened(partner, 100) })),
    fields([
      field('owner', owner ?? nobody),
      field('backup', backup ?? nobody),
      field('tier', say.plain(reader, `tier.${tier}`)),
      field('tags', tags.length > 0 ? tags.join(', ') : say.plain(reader, 'care.no-tags')),
      field('days', say.plain(reader, 'care.rhythm', { idealDays, longestDays, source })),
    ]),
    note(say(reader, 'care.how')),
  );
}

/** Tags with days of their own that one card names; the rest are counted. */
const tagsShown = 15;

export function rhythmsCard(
  reader: Reader,
  of: {
    tiers: readonly (Rhythm & { tier: Tier })[];
    tags: readonly (Rhythm & { tag: string })[];
  },
): Card {
  const rest = of.tags.length - tagsShown;
  return card(
    heading(say.plain(reader, 'rhythm.title')),
    list(
      of.tiers.map(({ tier, ...days }) =>
        say(reader, 'rhythm.one', { tier: say.plain(reader, `tier.${tier}`), ...days }),
      ),
    ),
    ...(of.tags.length > 0
      ? [
          paragraph(say(reader, 'rhythm.tags')),
          list(of.tags.slice(0, tagsShown).map((each) => say(reader, 'rhythm.tag', each))),
        ]
      : []),
    rest > 0 && note(say(reader, 'rhythm.more', { rest })),
    note(say(reader, 'rhythm.how', { care: code('/checkin care'), tag: code('/checkin tag') })),
  );
}
