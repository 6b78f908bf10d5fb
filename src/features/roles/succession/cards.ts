import { buttons, type Card, card, heading, list, type Part, paragraph } from '../../../core/card.ts';
import type { MemberId } from '../../../core/ids.ts';
import { sayDate } from '../../../core/plain-text.ts';
import { id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { bold, type Text, text } from '../../../core/text.ts';
import { say } from '../words.ts';
import type { Held } from './store.ts';

export const takeOverPress = press('roles.take-over', { from: id<MemberId>() });
export const freeAllPress = press('roles.free-all', { from: id<MemberId>() });
export const moveAllPress = press('roles.move-all', { from: id<MemberId>(), to: id<MemberId>() });

/** How many things of a kind a card names; the rest are counted. */
const mostNamed = 5;
/** Fewer where other features have their say on the same card. */
const fewNamed = 3;

const titlesOf = (all: readonly { role: { title: string } }[]) =>
  all.map(({ role }) => text(bold(role.title)));

function withRest(reader: Reader, all: readonly Text[], most: number): Text[] {
  const rest = all.length - most;
  return rest > 0 ? [...all.slice(0, most), say(reader, 'rest', { count: rest })] : [...all];
}

/** To whoever speaks for an organisation after one of its people has left: one press for everything. */
export function orphanedCard(
  reader: Reader,
  of: { left: { id: MemberId; name: string }; terms: Held['terms'] },
): Card {
  const from = of.left.id;
  return card(
    heading(say.plain(reader, 'succession.title')),
    paragraph(say(reader, 'succession.asks', { person: of.left.name, count: of.terms.length })),
    list(withRest(reader, titlesOf(of.terms), mostNamed)),
    buttons(
      {
        id: takeOverPress.encode({ from }),
        label: say.plain(reader, 'succession.take-over'),
        look: 'primary',
      },
      { id: freeAllPress.encode({ from }), label: say.plain(reader, 'succession.free') },
    ),
  );
}

/** To an alternate whose turn has come. */
export function steppedInCard(reader: Reader, of: { person: string; terms: Held['terms'] }): Card {
  return card(
    heading(say.plain(reader, 'succession.title')),
    paragraph(say(reader, 'succession.stepped-in', { person: of.person, count: of.terms.length })),
    list(withRest(reader, titlesOf(of.terms), mostNamed)),
    paragraph(say(reader, 'succession.next')),
  );
}

/** For staff, before everything of one person is moved to another. */
export function moveCard(
  reader: Reader,
  of: { from: { id: MemberId; name: string }; to: { id: MemberId; name: string }; held: Held },
): Card {
  const { from, to, held } = of;
  return card(
    heading(say.plain(reader, 'move.title')),
    paragraph(say(reader, 'move.from', { from: from.name, to: to.name })),
    ...heldParts(reader, held, mostNamed),
    buttons({
      id: moveAllPress.encode({ from: from.id, to: to.id }),
      label: say.plain(reader, 'move.now'),
      look: 'primary',
    }),
  );
}

/** What somebody holds here, for "my place in the coalition" and for whoever takes it over. */
export function heldParts(reader: Reader, held: Held, most = fewNamed): Part[] {
  const groups: [Parameters<typeof say>[1], Text[]][] = [
    [
      'held.terms',
      held.terms.map(({ role, endsOn }) =>
        endsOn === null
          ? text(bold(role.title))
          : [bold(role.title), ' ', ...say(reader, 'holder.until', { date: sayDate(reader, endsOn) })],
      ),
    ],
    ['held.asked', titlesOf(held.asked)],
    ['held.steps-in', titlesOf(held.stepsIn)],
    ['held.waits', titlesOf(held.waits)],
    ['held.helps', titlesOf(held.helps)],
    ['held.rosters', held.rosters.map(({ name }) => text(bold(name)))],
  ];
  return groups
    .filter(([, items]) => items.length > 0)
    .flatMap(([key, items]) => [paragraph(say(reader, key)), list(withRest(reader, items, most))]);
}

export const holdsNothing = (held: Held) => Object.values(held).every((each) => each.length === 0);
