import { buttons, type Card, card, heading, list, note, paragraph } from '../../../core/card.ts';
import { shortened } from '../../../core/plain-text.ts';
import { press, word } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { code } from '../../../core/text.ts';
import { say } from '../words.ts';
import { aggregateOf, tellAbove } from './rules.ts';
import type { Told } from './store.ts';

export const answerPress = press('check-ins.pulse', { round: word });
export const answerFormPress = press('check-ins.pulse-form', { round: word });
export const secretPress = press('check-ins.pulse-secret', { round: word });
export const secretFormPress = press('check-ins.pulse-secret-form', { round: word });

const wordsShown = 200;
const answersShown = 8;

export function pulseCard(reader: Reader, of: { round: string; coalition: string; partner: string }): Card {
  const { round, ...names } = of;
  return card(
    heading(say.plain(reader, 'pulse.title')),
    paragraph(say(reader, 'pulse.ask', names)),
    note(say(reader, 'pulse.privacy', { above: tellAbove })),
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

export function resultsCard(reader: Reader, told: Told): Card {
  const { round, asked, answered } = told;
  const together = aggregateOf(told.urn);
  return card(
    heading(say.plain(reader, 'results.title', { round })),
    paragraph(say(reader, 'results.counts', { asked, answered })),
    told.named.length > 0 &&
      list(
        told.named.slice(0, answersShown).map(({ words, shared, ...rest }) =>
          say(reader, shared ? 'results.shared' : 'results.private', {
            ...rest,
            words: shortened(words, wordsShown),
          }),
        ),
      ),
    together
      ? paragraph(
          say(reader, 'results.together', {
            answers: together.answers,
            average: together.averageTenths / 10,
          }),
        )
      : paragraph(say(reader, 'results.too-few', { above: tellAbove })),
    together && together.words.length > 0
      ? list(together.words.slice(0, answersShown).map((words) => [shortened(words, wordsShown)]))
      : null,
    note(say(reader, 'results.how', { log: code('/checkin log') })),
  );
}
