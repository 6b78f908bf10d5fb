import { buttons, type Card, card, fields, heading, list, note, paragraph } from '../../../core/card.ts';
import { limits } from '../../../core/limits.ts';
import { shortened } from '../../../core/plain-text.ts';
import { count, id, oneOf, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { bold, type Text } from '../../../core/text.ts';
import { sayDecimal } from '../figures/rules.ts';
import { say } from '../words.ts';
import { type Measure, type MeasureId, typedBreakdowns } from './rules.ts';

const measure = { measure: id<MeasureId>() };
export const basicsPress = press('measures.basics', measure);
export const figuresPress = press('measures.figures', measure);
export const rhythmPress = press('measures.rhythm', measure);
export const carePress = press('measures.care', measure);
const editParts = ['basics', 'figures', 'rhythm', 'care'] as const;
export const editPress = press('measures.edit', { ...measure, part: oneOf(editParts) });
export const startPress = press('measures.start', measure);
export const closePress = press('measures.close', measure);
export const showPress = press('measures.show', measure);
export const listPress = press('measures.list', { page: count });

export function sayRange({ least, most }: Pick<Measure, 'least' | 'most'>, reader: Reader): string {
  const said = (end: string | null) => (end === null ? '' : sayDecimal(end, reader.language));
  if (least !== null && most !== null)
    return say.plain(reader, 'range.both', { least: said(least), most: said(most) });
  return least === null
    ? say.plain(reader, 'range.most', { most: said(most) })
    : say.plain(reader, 'range.least', { least: said(least) });
}

function sayRhythm(of: Measure, reader: Reader): Text {
  const { dueDays, dueTime, graceDays } = of;
  const often = say.plain(reader, `frequency.${of.calendar.frequency}`);
  const lock = of.lockDays === null ? 'rhythm.open' : 'rhythm.locks';
  return [
    ...say(reader, 'rhythm', { often, dueDays, dueTime, graceDays }),
    ' ',
    ...say(reader, lock, { lockDays: of.lockDays ?? 0 }),
  ];
}

/** What a measure means, for everybody; with what staff can change, for them. */
export function measureCard(
  reader: Reader,
  of: { measure: Measure; reporters: readonly { name: string }[]; staff: boolean; told?: Text },
): Card {
  const { measure: it, reporters, staff } = of;
  const shownReporters = reporters
    .slice(0, 10)
    .map(({ name }) => name)
    .join(', ');
  const who = it.everyPartner
    ? say(reader, 'who.all')
    : say(reader, 'who.some', { count: reporters.length, names: shownReporters });
  const rows: [Parameters<typeof say>[1], Text][] = [
    ['field.kind', [say.plain(reader, `kind.${it.kind}`), it.unit === '' ? '' : ` (${it.unit})`]],
    ['field.how', [it.calculation]],
    ['field.direction', say(reader, `direction.${it.direction}`)],
    ['field.choices', [it.choices.join(', ')]],
    ['field.breakdowns', [typedBreakdowns(it.breakdowns)]],
    ['field.range', [it.least === null && it.most === null ? '' : sayRange(it, reader)]],
    ['field.who', who],
    ['field.rhythm', sayRhythm(it, reader)],
    ['field.small', say(reader, 'small', { smallest: it.smallest })],
  ];
  const address = { measure: it.id };
  const change = (part: (typeof editParts)[number]) => ({
    id: editPress.encode({ ...address, part }),
    label: say.plain(reader, `button.${part}`),
  });
  return card(
    of.told && paragraph(of.told),
    heading(it.name),
    paragraph([it.purpose]),
    fields(
      rows
        .filter(([, value]) => value.some((inline) => inline !== ''))
        .map(([label, value]) => ({ label: say.plain(reader, label), value })),
    ),
    staff && it.state === 'draft' && note(say(reader, 'draft.note')),
    staff &&
      it.state !== 'closed' &&
      buttons(
        it.state === 'draft' && {
          id: startPress.encode(address),
          label: say.plain(reader, 'button.start'),
          look: 'primary',
        },
        change('figures'),
        change('rhythm'),
        change('care'),
        change('basics'),
        {
          id: closePress.encode(address),
          label: say.plain(reader, it.state === 'draft' ? 'button.discard' : 'button.close'),
          look: 'danger',
          confirm: say.plain(reader, 'close.confirm', { name: it.name }),
        },
      ),
  );
}

export const measuresPerPage = 10;

export function measuresCard(
  reader: Reader,
  of: { measures: readonly Measure[]; page: number; staff: boolean },
): Card {
  const shown = of.measures.slice(of.page * measuresPerPage, (of.page + 1) * measuresPerPage);
  const turn = (page: number, key: 'button.before' | 'button.after') => ({
    id: listPress.encode({ page }),
    label: say.plain(reader, key),
  });
  if (of.measures.length === 0)
    return card(paragraph(say(reader, of.staff ? 'list.none-staff' : 'list.none')));
  return card(
    heading(say.plain(reader, 'list.title', { count: of.measures.length })),
    list(
      shown.map((it) => [
        bold(it.name),
        it.state === 'draft' ? ` (${say.plain(reader, 'list.draft')})` : '',
        `: ${shortened(it.purpose, 120)}`,
      ]),
    ),
    buttons(
      ...shown.map((it) => ({
        id: showPress.encode({ measure: it.id }),
        label: shortened(it.name, limits.buttonLabel),
      })),
      of.page > 0 && turn(of.page - 1, 'button.before'),
      of.measures.length > (of.page + 1) * measuresPerPage && turn(of.page + 1, 'button.after'),
    ),
  );
}
