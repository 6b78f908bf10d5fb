import { buttons, type Card, card, heading, note, type Part, paragraph } from '../../../core/card.ts';
import type { MemberId } from '../../../core/ids.ts';
import { limits } from '../../../core/limits.ts';
import { plainText, shortened } from '../../../core/plain-text.ts';
import { id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { code, joined, type Text } from '../../../core/text.ts';
import { say } from '../words.ts';
import { type HandOver, type HandOverId, mostAsked } from './rules.ts';

export const proposePress = press('attention.takes-over', {
  handOver: id<HandOverId>(),
  successor: id<MemberId>(),
});
export const staysPress = press('attention.stays', { handOver: id<HandOverId>() });
export const confirmPress = press('attention.confirm', { handOver: id<HandOverId>() });
export const keepPress = press('attention.keep', { handOver: id<HandOverId>() });
export const nobodyPress = press('attention.nobody', { handOver: id<HandOverId>() });

export const openShown = 4;
/** Letters of everything somebody holds, and of one name. */
const heldLetters = 250;
const nameLetters = 60;

type Named = { readonly id: MemberId; readonly name: string };

const label = (words: string) => shortened(words, limits.buttonLabel);

/** To one person of the organisation. @param people everybody who could take over, the reader among them */
export function askCard(
  reader: Reader & Named,
  of: { handOver: HandOver; people: readonly Named[]; coalition: string },
): Card {
  const { handOver, people, coalition } = of;
  const { name, partner, why } = handOver;
  const others = people.filter((one) => one.id !== reader.id).slice(0, mostAsked - 1);
  const propose = (successor: Named, words: string) => ({
    id: proposePress.encode({ handOver: handOver.id, successor: successor.id }),
    label: label(words),
  });
  return card(
    heading(say.plain(reader, 'ask.title', { partner: shortened(partner, 80) })),
    paragraph(say(reader, `ask.${why}`, { name, coalition })),
    paragraph(say(reader, 'ask.who', { name })),
    buttons(
      { ...propose(reader, say.plain(reader, 'ask.me')), look: 'primary' },
      ...others.map((one) => propose(one, say.plain(reader, 'ask.other', { name: one.name }))),
      !handOver.gone && {
        id: staysPress.encode({ handOver: handOver.id }),
        label: label(say.plain(reader, 'ask.stays', { name })),
      },
    ),
  );
}

export type Shown = {
  readonly handOver: HandOver;
  readonly successor: string | null;
  /** What the one who may have gone holds, feature by feature. */
  readonly held: readonly Text[];
};

export function handOversCard(reader: Reader, all: readonly Shown[], total: number): Card {
  const title = heading(say.plain(reader, 'list.title'));
  if (all.length === 0)
    return card(title, paragraph(say(reader, 'list.none', { handover: code('/attention handover') })));
  const rest = total - all.length;
  return card(
    title,
    ...all.flatMap((one) => openParts(reader, one)),
    rest > 0 && note(say(reader, 'list.more', { rest })),
  );
}

function openParts(reader: Reader, of: Shown): Part[] {
  const { handOver, held } = of;
  const name = shortened(handOver.name, nameLetters);
  const partner = shortened(handOver.partner, nameLetters);
  const successor = of.successor && shortened(of.successor, nameLetters);
  const state = successor ? say(reader, 'list.proposed', { successor }) : say(reader, 'list.asked');
  const things = shortened(plainText(joined(held, '; '), reader), heldLetters);
  const holds =
    held.length === 0
      ? say(reader, 'list.holds-nothing', { name })
      : say(reader, 'list.holds', { successor: successor ?? '…', things });
  return [
    paragraph(
      say(reader, 'list.one', { partner, name, why: say.plain(reader, `why.${handOver.why}`), state }),
    ),
    note(handOver.elsewhere ? say(reader, 'list.elsewhere', { name, partner }) : holds),
    buttons(
      successor !== null && {
        id: confirmPress.encode({ handOver: handOver.id }),
        label: label(say.plain(reader, 'list.confirm', { successor })),
        look: 'primary',
      },
      handOver.gone
        ? {
            id: nobodyPress.encode({ handOver: handOver.id }),
            label: label(say.plain(reader, 'list.nobody')),
            confirm: say.plain(reader, 'list.nobody-confirm', { name, partner }),
          }
        : {
            id: keepPress.encode({ handOver: handOver.id }),
            label: label(say.plain(reader, 'list.keep', { name })),
          },
    ),
  ];
}
