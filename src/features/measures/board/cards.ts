import { buttons, type Card, card, heading, list, note, type Part, paragraph } from '../../../core/card.ts';
import { limits } from '../../../core/limits.ts';
import { shortened, wallClock } from '../../../core/plain-text.ts';
import { count, id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { bold, type Text } from '../../../core/text.ts';
import type { Member } from '../../../core/who.ts';
import type { LocalDate } from '../../../time/wall-clock.ts';
import type { Measure, MeasureId } from '../definition/rules.ts';
import { type State, type Step, stateOf, states } from '../requests/rules.ts';
import { say } from '../words.ts';
import type { Counts } from './rules.ts';
import type { Standing } from './store.ts';

export const boardPress = press('measures.board', { measure: id<MeasureId>() });
export const boardAllPress = press('measures.board-all', { page: count });
export const previewPress = press('measures.preview', { measure: id<MeasureId>(), page: count });

/** A calendar date in words: the same day for everybody, whatever their zone. */
export const sayDay = (date: LocalDate, { language }: Reader): string =>
  wallClock({ instant: `${date}T12:00:00Z`, show: 'date' }, language, 'UTC');

export const sayKey = (key: string, reader: Reader): string =>
  key.startsWith('once-') ? say.plain(reader, 'period.once') : key;

export type BoardLine = {
  readonly measure: Measure;
  readonly key: string | null;
  readonly counts: Counts;
  /** Share given in time, in percent: the latest period that is over, and the one before. */
  readonly timely: readonly (number | null)[];
};

const order: readonly State[] = ['submitted', 'late', 'in-grace', 'due-soon', 'open', 'locked', 'excused'];
const boardLines = 8;

function sayCounts(counts: Counts, reader: Reader): string {
  return order
    .filter((state) => counts[state] > 0)
    .map((state) => say.plain(reader, `count.${state}`, { count: counts[state] }))
    .join(', ');
}

function sayTimely(timely: BoardLine['timely'], reader: Reader): Text {
  const [latest = null, before = null] = timely;
  if (latest === null) return [];
  if (before === null || before === latest) return [' ', ...say(reader, 'timely', { latest })];
  return [' ', ...say(reader, latest > before ? 'timely.up' : 'timely.down', { latest, before })];
}

/** How the coalition stands, in numbers: nobody's name, whoever looks. */
export function boardCard(
  of: { lines: readonly BoardLine[]; page: number; staff: boolean; asks: number },
  reader: Reader,
): Card {
  const { lines, page, staff } = of;
  if (lines.length === 0) return card(paragraph(say(reader, 'list.none')));
  const shown = lines.slice(page * boardLines, (page + 1) * boardLines);
  const turn = (to: number, key: 'button.before' | 'button.after') => ({
    id: boardAllPress.encode({ page: to }),
    label: say.plain(reader, key),
  });
  return card(
    heading(say.plain(reader, 'board.title')),
    list(
      shown.map(({ measure, key, counts, timely }) => [
        bold(measure.name),
        ': ',
        ...(key === null
          ? say(reader, 'board.not-yet')
          : [`${sayKey(key, reader)}: ${sayCounts(counts, reader) || say.plain(reader, 'board.nobody')}.`]),
        ...sayTimely(timely, reader),
      ]),
    ),
    staff && of.asks > 0 && note(say(reader, 'board.asks', { count: of.asks })),
    buttons(
      ...(staff
        ? shown
            .filter(({ key }) => key !== null)
            .map(({ measure }) => ({
              id: boardPress.encode({ measure: measure.id }),
              label: shortened(measure.name, limits.buttonLabel),
            }))
        : []),
      page > 0 && turn(page - 1, 'button.before'),
      lines.length > (page + 1) * boardLines && turn(page + 1, 'button.after'),
    ),
  );
}

/** Letters of names in one state: seven states still fit one card. */
const nameLetters = 400;

/** For staff alone: one measure's last period by name. */
export function boardOfCard(
  of: { measure: Measure; key: string; standings: readonly Standing[]; now: Date },
  reader: Reader,
): Card {
  const by = new Map<State, string[]>(states.map((state) => [state, []]));
  for (const standing of of.standings) by.get(stateOf(standing, of.now))?.push(standing.partner);
  const parts = order.flatMap((state): Part[] => {
    const names = by.get(state) ?? [];
    if (names.length === 0) return [];
    let [letters, count] = [0, 0];
    for (const name of names) {
      letters += name.length + 2;
      if (letters > nameLetters && count > 0) break;
      count += 1;
    }
    const more = names.length - count;
    const said = names.slice(0, count).join(', ');
    const rest = more > 0 ? ` ${say.plain(reader, 'names.more', { count: more })}` : '';
    return [
      paragraph([bold(say.plain(reader, `count.${state}`, { count: names.length })), `: ${said}${rest}`]),
    ];
  });
  return card(
    heading(say.plain(reader, 'board-of.title', { name: of.measure.name, period: sayKey(of.key, reader) })),
    ...parts,
    note(say(reader, 'board-of.note')),
  );
}

export const previewLines = 8;
type PreviewLine = {
  readonly partner: string;
  readonly people: readonly Member[];
  readonly zone: string;
};

/** Exactly who will be asked what, and when, if nothing changes until then. */
export function previewCard(
  of: {
    measure: Measure;
    key: string;
    opensOn: LocalDate;
    steps: readonly { step: Step; on: LocalDate }[];
    lines: readonly PreviewLine[];
    total: number;
    page: number;
  },
  reader: Reader,
): Card {
  const { measure, page } = of;
  const turn = (to: number, key: 'button.before' | 'button.after') => ({
    id: previewPress.encode({ measure: measure.id, page: to }),
    label: say.plain(reader, key),
  });
  const zones = new Set(of.lines.map(({ zone }) => zone));
  return card(
    heading(say.plain(reader, 'preview.title', { name: measure.name, period: of.key })),
    paragraph(
      say(reader, measure.state === 'draft' ? 'preview.draft' : 'preview.when', {
        opens: sayDay(of.opensOn, reader),
        count: of.total,
      }),
    ),
    list(of.steps.map(({ step, on }) => say(reader, `preview.${step}`, { on: sayDay(on, reader) }))),
    paragraph(say(reader, 'preview.who')),
    of.lines.length > 0 &&
      list(
        of.lines.map(({ partner, people, zone }) => {
          const [first, second] = people;
          const where = zones.size > 1 ? ` (${zone})` : '';
          if (!first) return [bold(partner), ': ', ...say(reader, 'preview.nobody')];
          const names = { first: first.name, second: second?.name ?? '' };
          return [bold(partner), ': ', ...say(reader, second ? 'preview.two' : 'preview.one', names), where];
        }),
      ),
    (page > 0 || of.total > (page + 1) * previewLines) &&
      buttons(
        page > 0 && turn(page - 1, 'button.before'),
        of.total > (page + 1) * previewLines && turn(page + 1, 'button.after'),
      ),
  );
}
