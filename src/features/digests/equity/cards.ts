import { type Card, card, heading, list, note, paragraph } from '../../../core/card.ts';
import { shortened } from '../../../core/plain-text.ts';
import type { Reader } from '../../../core/reader.ts';
import { code, type Text } from '../../../core/text.ts';
import { say } from '../words.ts';
import { type Grouping, type GroupShare, percentOf, tenthsEach } from './rules.ts';

const groupsShown = 12;

export function equityCard(
  reader: Reader,
  of: {
    by: Grouping;
    days: number;
    groups: readonly GroupShare[];
    /** Who is in the spotlight next, by its own order. */
    next: readonly string[];
    neverIntroduced: readonly string[];
    never: number;
  },
): Card {
  const { by, groups, next, neverIntroduced, never } = of;
  const rest = groups.length - groupsShown;
  const nextLine: Text =
    next.length > 0
      ? say(reader, 'equity.spotlight', { names: next.join(', '), order: code('/digest order') })
      : say(reader, 'equity.spotlight-none');
  const neverLine: Text =
    never > 0
      ? say(reader, 'equity.introductions', { never, names: neverIntroduced.join(', ') })
      : say(reader, 'equity.introductions-none');
  return card(
    heading(say.plain(reader, `equity.title-${by}`)),
    note(say(reader, 'equity.how', { days: of.days })),
    groups.length === 0
      ? paragraph(say(reader, 'equity.none'))
      : list(groups.slice(0, groupsShown).map((group) => sayGroup(reader, group, by))),
    rest > 0 && note(say(reader, 'equity.more', { rest })),
    paragraph(say(reader, 'equity.rotations')),
    list([nextLine, neverLine, say(reader, 'equity.roles', { board: code('/roles board') })]),
  );
}

function sayGroup(reader: Reader, group: GroupShare, by: Grouping): Text {
  const { partners, voted, voices } = group;
  const each = (count: number) => tenthsEach(count, partners) / 10;
  const share = percentOf(voted, voices);
  const sizeKey = `size-band.${group.group}`;
  const named = by === 'size' && say.has(sizeKey) ? say.plain(reader, sizeKey as never) : group.group;
  return say(reader, 'equity.group', {
    group: named === '' ? say.plain(reader, 'equity.unsaid') : shortened(named, 60),
    partners,
    introduced: each(group.introduced),
    spotlighted: each(group.spotlighted),
    reminded: each(group.reminded),
    voted:
      share === null ? say.plain(reader, 'equity.no-votes') : say.plain(reader, 'equity.voted', { share }),
    roles: each(group.roles),
  });
}
