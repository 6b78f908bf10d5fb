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
import { shortened } from '../../../core/plain-text.ts';
import type { Reader } from '../../../core/reader.ts';
import { code, type Text } from '../../../core/text.ts';
import { say } from '../words.ts';
import type { Rhythm, Standing, Tier } from './rules.ts';
import type { Watched } from './store.ts';

export type Due = {
  readonly partner: Watched;
  readonly standing: Standing;
  readonly owner: string | null;
  readonly points: readonly Text[];
};

/** Partners with their talking points on one card. */
export const dueShown = 4;
const pointsShown = 5;

export function dueCard(
  reader: Reader,
  of: { due: readonly Due[]; counts: { overdue: number; due: number; all: number }; mine: boolean },
): Card {
  const { due, counts } = of;
  const rest = counts.overdue + counts.due - due.length;
  return card(
    heading(say.plain(reader, of.mine ? 'due.title-mine' : 'due.title')),
    due.length === 0
      ? paragraph(say(reader, 'due.none', { all: counts.all }))
      : note(say(reader, 'due.counts', counts)),
    ...due.flatMap((one, index) => [...(index > 0 ? [divider] : []), ...dueParts(reader, one)]),
    rest > 0 && note(say(reader, 'due.more', { rest })),
    due.length > 0 && note(say(reader, 'due.next', { log: code('/checkin log') })),
  );
}

function dueParts(reader: Reader, { partner, standing, owner, points }: Due): Part[] {
  const name = shortened(partner.name, 100);
  const { days } = standing;
  const last = partner.lastAt
    ? say(reader, 'due.last', { days, kind: say.plain(reader, `kind.${partner.lastKind ?? 'call'}`) })
    : say(reader, 'due.never', { days });
  const planned = partner.care?.plannedOn;
  return [
    paragraph(
      say(reader, `due.${standing.state === 'overdue' ? 'overdue' : 'due'}`, {
        name,
        last,
        owner: owner ?? say.plain(reader, 'due.nobody'),
        planned: planned ? say.plain(reader, 'due.planned', { date: planned }) : '',
      }),
    ),
    ...(points.length > 0 ? [list(points.slice(0, pointsShown))] : []),
  ];
}

export function careCard(
  reader: Reader,
  of: { partner: string; owner: string | null; backup: string | null; tier: Tier; rhythm: Rhythm },
): Card {
  const { partner, owner, backup, tier, rhythm } = of;
  const nobody = say.plain(reader, 'care.nobody');
  const field = (key: 'owner' | 'backup' | 'tier' | 'days', value: string) => ({
    label: say.plain(reader, `care.${key}`),
    value: [value],
  });
  return card(
    heading(say.plain(reader, 'care.title', { partner: shortened(partner, 100) })),
    fields([
      field('owner', owner ?? nobody),
      field('backup', backup ?? nobody),
      field('tier', say.plain(reader, `tier.${tier}`)),
      field('days', say.plain(reader, 'care.rhythm', rhythm)),
    ]),
    note(say(reader, 'care.how')),
  );
}

export function rhythmsCard(reader: Reader, all: readonly (Rhythm & { tier: Tier })[]): Card {
  return card(
    heading(say.plain(reader, 'rhythm.title')),
    list(
      all.map(({ tier, ...days }) =>
        say(reader, 'rhythm.one', { tier: say.plain(reader, `tier.${tier}`), ...days }),
      ),
    ),
    note(say(reader, 'rhythm.how')),
  );
}
