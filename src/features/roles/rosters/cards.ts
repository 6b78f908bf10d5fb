import { buttons, type Card, card, heading, list, note, paragraph } from '../../../core/card.ts';
import { sayDate } from '../../../core/plain-text.ts';
import { id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { bold, type Text, text } from '../../../core/text.ts';
import { say } from '../words.ts';
import type { Duty, DutyId, Roster, RosterId } from './store.ts';

export const cannotPress = press('rosters.cannot', { duty: id<DutyId>() });
export const closeRosterPress = press('rosters.close', { roster: id<RosterId>() });

const mostNamed = 8;
const mostListed = 12;

export function rostersCard(reader: Reader, rosters: readonly Roster[]): Card {
  if (rosters.length === 0)
    return card(heading(say.plain(reader, 'rosters.title')), paragraph(say(reader, 'rosters.none')));
  return card(
    heading(say.plain(reader, 'rosters.title')),
    list(rosters.slice(0, mostListed).map((roster) => rosterLine(reader, roster))),
    rosters.length > mostListed && note(say(reader, 'rest', { count: rosters.length - mostListed })),
    note(say(reader, 'rosters.next')),
  );
}

function rosterLine(reader: Reader, { name, takers, duties }: Roster): Text {
  const [next] = duties;
  const when = next
    ? say(reader, 'rosters.line.next', { partner: next.partner, date: sayDate(reader, next.heldOn) })
    : say(reader, 'rosters.line.open');
  return [bold(name), ': ', ...say(reader, 'rosters.line', { count: takers.length }), ' ', ...when];
}

/** One roster, with a sentence above about what has just happened. */
export function rosterCard(reader: Reader, above: Text, { name, takers, duties }: Roster): Card {
  const rest = takers.length - mostNamed;
  return card(
    paragraph(above),
    heading(name),
    duties.length > 0 &&
      list(duties.map(({ heldOn, partner }) => text(bold(sayDate(reader, heldOn)), `: ${partner}`))),
    takers.length > 0 &&
      note([
        ...say(reader, 'rosters.takers'),
        ` ${takers
          .slice(0, mostNamed)
          .map((each) => each.name)
          .join(', ')}`,
        ...(rest > 0 ? [' ', ...say(reader, 'rest', { count: rest })] : []),
      ]),
  );
}

/** What ending a duty does, before it is done. */
export function closeRosterCard(reader: Reader, of: { id: RosterId; name: string; ahead: number }): Card {
  return card(
    paragraph(say(reader, 'rosters.close', { name: of.name, count: of.ahead })),
    buttons({
      id: closeRosterPress.encode({ roster: of.id }),
      label: say.plain(reader, 'rosters.close.button'),
      look: 'danger',
    }),
  );
}

/** To whoever is on duty: when it is planned, again shortly before, and when it falls away. */
export function dutyCard(reader: Reader, duty: Duty, when: 'planned' | 'soon' | 'closed'): Card {
  const facts = { name: duty.name, date: sayDate(reader, duty.heldOn) };
  return card(
    heading(say.plain(reader, 'duty.title', facts)),
    paragraph(say(reader, `duty.${when}`, facts)),
    when !== 'closed' &&
      buttons({ id: cannotPress.encode({ duty: duty.id }), label: say.plain(reader, 'duty.cannot') }),
  );
}
