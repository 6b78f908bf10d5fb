import { buttons, type Card, card, fields, heading, list, note, paragraph } from '../../../core/card.ts';
import { sayDate } from '../../../core/plain-text.ts';
import { id, press, word } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { bold, type Text, text } from '../../../core/text.ts';
import type { RoleId, TermId } from '../catalogue/rules.ts';
import { handOverPress, passPress, releasePress } from '../seats/cards.ts';
import { say } from '../words.ts';
import type { WorkTotals } from './store.ts';

const role = id<RoleId>();

export const workPress = press('roles.work', { role });
export const hoursPress = press('roles.hours', { role, day: word });
export const hoursFormPress = press('roles.hours-form', { role, day: word });
export const renewPress = press('roles.renew', { term: id<TermId>(), ends: word });

/** Before the end of a term, and on its last day. */
export function termCard(
  reader: Reader,
  of: { role: RoleId; term: TermId; title: string; endsOn: string; step: 'ask' | 'day' },
): Card {
  const date = sayDate(reader, of.endsOn);
  const { title } = of;
  return card(
    heading(say.plain(reader, 'term.title', { title })),
    paragraph(say(reader, `term.${of.step}`, { title, date })),
    buttons(
      {
        id: renewPress.encode({ term: of.term, ends: of.endsOn }),
        label: say.plain(reader, 'term.renew'),
        look: 'primary',
      },
      { id: passPress.encode({ role: of.role }), label: say.plain(reader, 'button.pass') },
      {
        id: releasePress.encode({ role: of.role, on: 'own' }),
        label: say.plain(reader, 'button.give-back'),
        confirm: say.plain(reader, 'button.release.confirm', { title }),
      },
    ),
  );
}

/** To a holder whose term ended without an answer. */
export function termOverCard(reader: Reader, of: { role: RoleId; title: string; endsOn: string }): Card {
  return card(
    paragraph(say(reader, 'term.over', { title: of.title, date: sayDate(reader, of.endsOn) })),
    buttons({ id: handOverPress.encode({ role: of.role }), label: say.plain(reader, 'hand-over.button') }),
  );
}

/** After a click on "note work done". */
export function workCard(
  reader: Reader,
  of: {
    role: RoleId;
    title: string;
    partner: string;
    day: string;
    minutes: number | null;
    /** Whether the reader's own organisation did it, so that they can add hours here. */
    own: boolean;
  },
): Card {
  const date = sayDate(reader, of.day);
  const { title, partner, minutes } = of;
  return card(
    paragraph(
      minutes === null
        ? say(reader, 'work.noted', { title, partner, date })
        : say(reader, 'work.noted-hours', { title, partner, date, hours: hoursOf(minutes) }),
    ),
    of.own &&
      buttons({
        id: hoursPress.encode({ role: of.role, day: of.day }),
        label: say.plain(reader, minutes === null ? 'work.add-hours' : 'work.change-hours'),
      }),
  );
}

export const hoursOf = (minutes: number) => Math.round((minutes / 60) * 10) / 10;

/** What the coalition can show its funders. */
export function totalsCard(reader: Reader, of: { from: string; to: string; totals: WorkTotals }): Card {
  const { totals } = of;
  const span = { from: sayDate(reader, of.from), to: sayDate(reader, of.to) };
  const number = (key: Parameters<typeof say>[1], values: Record<string, number>): Text =>
    say(reader, key, values);
  return card(
    heading(say.plain(reader, 'hours.title')),
    paragraph(say(reader, 'hours.span', span)),
    fields([
      {
        label: say.plain(reader, 'hours.hours'),
        value: number('hours.hours.say', { hours: hoursOf(totals.minutes) }),
      },
      { label: say.plain(reader, 'hours.days'), value: number('hours.days.say', { days: totals.days }) },
      {
        label: say.plain(reader, 'hours.partners'),
        value: number('hours.partners.say', { partners: totals.partners }),
      },
    ]),
    totals.byRole.length > 0 &&
      list(
        totals.byRole.map((each) => [
          bold(each.title),
          ...text(': '),
          ...say(reader, 'hours.role', { hours: hoursOf(each.minutes), days: each.days }),
        ]),
      ),
    totals.daysWithoutHours > 0 && note(say(reader, 'hours.without', { days: totals.daysWithoutHours })),
  );
}
