import { buttons, type Card, card, heading, note, paragraph } from '../../../core/card.ts';
import { count, id, oneOf, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { type Inline, instant, type Text } from '../../../core/text.ts';
import type { Person, RoleId } from '../catalogue/rules.ts';
import { say } from '../words.ts';
import type { EndedHow } from './rules.ts';

/** `live`: on the card that everybody sees. `own`: on a private answer, which the press replaces. */
const on = oneOf(['live', 'own']);
const role = id<RoleId>();

export const takePress = press('roles.take', { role, on });
export const releasePress = press('roles.release', { role, on });
export const acceptPress = press('roles.accept', { role, offer: count });
export const declinePress = press('roles.decline', { role, offer: count });
export const peoplePress = press('roles.people', { role });
export const passPress = press('roles.pass', { role });
export const handOverPress = press('roles.hand-over', { role });

export const peopleFormPress = press('roles.people-form', { role });
export const passFormPress = press('roles.pass-form', { role });
export const handOverFormPress = press('roles.hand-over-form', { role });

export const mention = ({ id: member, name }: Person): Inline => ({ member, name });

/** To the organisation that is first in line, or to which a holder wants to pass its seat on. */
export function offerCard(
  reader: Reader,
  of: {
    role: RoleId;
    title: string;
    offer: number;
    until: Date;
    timeZone: string;
    passedBy: string | null;
    handOver: string;
  },
): Card {
  const { title, passedBy, handOver } = of;
  const until = instant(of.until, of.timeZone);
  const ids = { role: of.role, offer: of.offer };
  return card(
    heading(say.plain(reader, 'offer.title', { title })),
    paragraph(
      passedBy === null
        ? say(reader, 'offer.free', { title, until })
        : say(reader, 'offer.passed', { title, until, partner: passedBy }),
    ),
    handOver !== '' && note(say(reader, 'hand-over.quote', { note: handOver })),
    buttons(
      { id: acceptPress.encode(ids), label: say.plain(reader, 'offer.accept'), look: 'primary' },
      { id: declinePress.encode(ids), label: say.plain(reader, 'offer.decline') },
    ),
  );
}

/** To whoever wanted to pass a seat on: what came of it. */
export function passedCard(
  reader: Reader,
  of: { title: string; partner: string; how: 'accepted' | 'declined' | 'timed-out' },
): Card {
  const { title, partner, how } = of;
  return card(paragraph(say(reader, `passed.${how}`, { title, partner })));
}

/** To a holder whose seat ended without their doing, or to somebody whose waiting has ended. */
export function endedCard(
  reader: Reader,
  of: { title: string; how: Extract<EndedHow, 'ended' | 'closed'> | 'line-closed' | 'lapsed' | 'withdrawn' },
): Card {
  return card(paragraph(say(reader, `over.${of.how}`, { title: of.title })));
}

/** After giving a seat back: thanks, and a word for the next one. */
export function gaveBackCard(reader: Reader, words: Text, of: { role: RoleId }): Card {
  return card(
    paragraph(words),
    buttons({
      id: handOverPress.encode({ role: of.role }),
      label: say.plain(reader, 'hand-over.button'),
      look: 'primary',
    }),
  );
}
