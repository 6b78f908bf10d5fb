import { buttons, type Card, card, heading, list, note, paragraph } from '../../../core/card.ts';
import { shortened } from '../../../core/plain-text.ts';
import { count, id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { bold, type Text } from '../../../core/text.ts';
import { sayRange } from '../definition/cards.ts';
import { Exact, type Figure, type Given, isUnusual, sayFigure, typedFigure } from '../figures/rules.ts';
import { sayPeriod } from '../requests/cards.ts';
import type { RequestId } from '../requests/rules.ts';
import type { Request } from '../requests/store.ts';
import { say } from '../words.ts';
import type { DraftId } from './rules.ts';

export const numberFormPress = press('measures.give-number', { request: id<RequestId>(), version: count });
export const partsFormPress = press('measures.give-parts', { request: id<RequestId>(), version: count });
export const wordsFormPress = press('measures.give-words', { request: id<RequestId>(), version: count });
export const choicePress = press('measures.give-choice', { request: id<RequestId>(), version: count });
export const confirmPress = press('measures.confirm', { draft: id<DraftId>(), reading: count });
export const againPress = press('measures.again', { draft: id<DraftId>() });

/** Twenty-four of them still leave room on a card. */
const groupLetters = 100;

/** A figure with its breakdown, in the reader's numbers. */
export function givenLines(given: Given, unit: string, reader: Reader): Text[] {
  const { language } = reader;
  return given.groups.map(({ breakdown, group, figure }) => [
    shortened(`${breakdown} / ${group}: ${sayFigure(figure, unit, language)}`, groupLetters),
  ]);
}

/** `1.234` and `1,234` look alike: wholes without any sign, and for others what they lie between. */
function sayApart(figure: Figure, unit: string, reader: Reader): string {
  if (figure.kind !== 'number') return sayFigure(figure, unit, reader.language);
  const value = new Exact(figure.value);
  const said = typedFigure(figure, reader.language);
  const withUnit = unit === '' ? said : `${said} ${unit}`;
  if (value.isInteger()) return withUnit;
  const between = { low: value.floor().toFixed(), high: value.ceil().toFixed() };
  return say.plain(reader, 'back.between', { figure: withUnit, ...between });
}

/** Read back before it is kept: what was understood, and why it is asked. */
export function readBackCard(
  of: { request: Request; draft: DraftId; readings: readonly Given[]; note: string },
  reader: Reader,
): Card {
  const { request, draft, readings } = of;
  const { measure } = request;
  const [first] = readings;
  const facts = { name: bold(measure.name), period: sayPeriod(request, reader) };
  const two = readings.length > 1;
  const said = ({ figure }: Given) =>
    two ? sayApart(figure, measure.unit, reader) : sayFigure(figure, measure.unit, reader.language);
  const unusual = readings.find((each) => isUnusual(measure, each.figure));
  const range = sayRange(measure, reader);
  return card(
    heading(say.plain(reader, 'back.title')),
    paragraph(say(reader, two ? 'back.two' : 'back.one', facts)),
    ...(readings.length === 1 && first
      ? [
          paragraph([bold(said(first))]),
          ...(first.groups.length > 0 ? [list(givenLines(first, measure.unit, reader))] : []),
        ]
      : []),
    unusual &&
      paragraph(say(reader, two ? 'back.unusual-one' : 'back.unusual', { range, figure: said(unusual) })),
    unusual && of.note === '' && note(say(reader, 'back.note')),
    buttons(
      ...readings.map((given, reading) => ({
        id: confirmPress.encode({ draft, reading }),
        label: say.plain(reader, 'button.yes', { figure: shortened(said(given), 50) }),
        ...(reading === 0 ? { look: 'primary' as const } : {}),
      })),
      { id: againPress.encode({ draft }), label: say.plain(reader, 'button.change') },
    ),
  );
}

/** One of a few answers, by a press. */
export function choiceCard(request: Request, version: number, reader: Reader): Card {
  const { measure } = request;
  return card(
    heading(measure.name),
    paragraph(say(reader, 'choice.ask', { period: sayPeriod(request, reader) })),
    {
      part: 'select',
      select: {
        id: choicePress.encode({ request: request.id, version }),
        placeholder: say.plain(reader, 'choice.pick'),
        choices: measure.choices.map((value) => ({ value, label: value })),
      },
    },
  );
}

/** What stands now, when somebody else gave it in between. */
export function meanwhileCard(request: Request, given: Given | null, reader: Reader): Card {
  const figure = given ? sayFigure(given.figure, request.measure.unit, reader.language) : '';
  return card(
    paragraph(
      say(reader, given ? 'meanwhile' : 'meanwhile.link', {
        name: bold(request.measure.name),
        period: sayPeriod(request, reader),
        figure: bold(figure),
      }),
    ),
  );
}
