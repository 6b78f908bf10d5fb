import { buttons, type Card, card, heading, list, note, paragraph } from '../../../core/card.ts';
import { lettersDrawn, pageAt, paged, turnParts } from '../../../core/pages.ts';
import { shortened } from '../../../core/plain-text.ts';
import { count, press, word } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { code, type Text } from '../../../core/text.ts';
import { say } from '../words.ts';
import { aggregateOf, silentOn, tellAbove } from './rules.ts';
import type { Told } from './store.ts';

export const answerPress = press('check-ins.pulse', { round: word });
export const answerFormPress = press('check-ins.pulse-form', { round: word });
export const secretPress = press('check-ins.pulse-secret', { round: word });
export const answersPress = press('check-ins.answers', { round: word, page: count });
export const secretFormPress = press('check-ins.pulse-secret-form', { round: word });

export function pulseCard(
  reader: Reader,
  of: { round: string; closesOn: string; coalition: string; partner: string },
): Card {
  const { round, closesOn, ...names } = of;
  return card(
    heading(say.plain(reader, 'pulse.title')),
    paragraph(say(reader, 'pulse.ask', names)),
    note(say(reader, 'pulse.privacy', { above: tellAbove, date: closesOn })),
    buttons(
      { id: answerPress.encode({ round }), label: say.plain(reader, 'pulse.answer'), look: 'primary' },
      { id: secretPress.encode({ round }), label: say.plain(reader, 'pulse.secret') },
    ),
  );
}

export function toOwnerCard(
  reader: Reader,
  of: { partner: string; person: string; score: number; words: string },
): Card {
  return card(
    heading(say.plain(reader, 'pulse.owner-title', { partner: shortened(of.partner, 80) })),
    paragraph(say(reader, 'pulse.owner', { person: of.person, score: of.score })),
    of.words === '' ? null : paragraph([of.words]),
    note(say(reader, 'pulse.owner-note')),
  );
}

/** Everything that was said in a round, in full: pages of what has a name first, then of what has none. */
export function resultsCard(reader: Reader, told: Told, wanted: number): Card {
  const { round, asked, answered, named } = told;
  const together = told.closed ? aggregateOf(told.urn) : null;
  const lines = [
    ...named.map(({ shared, partner, ...rest }) => ({
      named: true,
      text: say(reader, shared ? 'results.shared' : 'results.private', {
        ...rest,
        partner: shortened(partner, 60),
      }),
    })),
    ...(together?.words ?? []).map((words) => ({ named: false, text: [words] })),
  ];
  const { page, pages, items } = pageAt(
    paged(lines, ({ text }) => lettersDrawn(text, reader)),
    wanted,
  );
  const texts = (withName: boolean) => items.flatMap(({ named, text }) => (named === withName ? [text] : []));
  const turn = (to: string | null, key: 'results.before' | 'results.after') =>
    to !== null && {
      id: answersPress.encode({ round: to, page: 0 }),
      label: say.plain(reader, key, { round: to }),
    };
  return card(
    heading(say.plain(reader, 'results.title', { round })),
    paragraph(say(reader, 'results.counts', { asked, answered })),
    texts(true).length > 0 && list(texts(true)),
    paragraph(sayTogether(reader, told, together)),
    texts(false).length > 0 && list(texts(false)),
    ...turnParts(reader, { page, pages }, (to) => answersPress.encode({ round, page: to })),
    (told.before !== null || told.after !== null) &&
      buttons(turn(told.before, 'results.before'), turn(told.after, 'results.after')),
    note(say(reader, 'results.how', { log: code('/checkin log') })),
  );
}

function sayTogether(reader: Reader, told: Told, together: ReturnType<typeof aggregateOf>): Text {
  if (!told.closed) return say(reader, 'results.not-yet', { date: silentOn(told.round), above: tellAbove });
  if (!together) return say(reader, 'results.too-few', { above: tellAbove });
  const { answers, averageTenths } = together;
  return say(reader, 'results.together', { answers, average: averageTenths / 10 });
}
