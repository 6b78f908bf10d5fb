import {
  buttons,
  type Card,
  type CardButton,
  card,
  heading,
  note,
  type Part,
  paragraph,
} from '../../../core/card.ts';
import { limits } from '../../../core/limits.ts';
import { shortened } from '../../../core/plain-text.ts';
import { count, id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { bold, instant, type Text } from '../../../core/text.ts';
import type { MeasureId } from '../definition/rules.ts';
import { type Figure, sayFigure } from '../figures/rules.ts';
import { say } from '../words.ts';
import { mayGive, type RequestId, stateOf } from './rules.ts';
import type { Request } from './store.ts';

const request = { request: id<RequestId>() };
export const openPress = press('measures.open', request);
export const allPress = press('measures.all', { page: count });
export const givePress = press('measures.give', request);
export const samePress = press('measures.same', { ...request, version: count });
export const helpPress = press('measures.help', request);
export const timePress = press('measures.time', request);
export const naPress = press('measures.not-this-time', request);
export const elsePress = press('measures.else', request);
export const linkPress = press('measures.link', request);
export const whatPress = press('measures.what', { measure: id<MeasureId>() });

/** `2026-11`; for a single request the day it is due says which. */
export function sayPeriod(of: Pick<Request, 'period' | 'dueOn'>, reader: Reader): string {
  const { key } = of.period;
  return key.startsWith('once-') ? say.plain(reader, 'period.once') : key;
}

/** Why somebody is asked who is not the usual one. */
export type How = 'usual' | 'alternate' | 'passed-on';

/** What is asked, when it is due and how it stands, in one line. */
function requestLine(of: Request, now: Date, reader: Reader, how: How = 'usual'): Text {
  const state = stateOf(of, now);
  const due = instant(of.dueAt, of.timeZone);
  const locks = of.lockAt ? instant(of.lockAt, of.timeZone) : '';
  const facts = { name: bold(of.measure.name), period: sayPeriod(of, reader), due, locks };
  return [
    ...say(reader, `line.${state}`, facts),
    ...(state === 'late' && of.lockAt ? [' ', ...say(reader, 'line.locks', facts)] : []),
    ...(how === 'usual' ? [] : [' ', ...say(reader, `line.${how}`)]),
  ];
}

export const byName = (a: Request, b: Request): number =>
  a.measure.name.localeCompare(b.measure.name) || (a.id < b.id ? -1 : 1);

/** What matters first: what locks soonest of the late, then what is due soonest. */
export function byWhatMatters(now: Date): (a: Request, b: Request) => number {
  const rank = (of: Request): number => {
    const order = ['late', 'in-grace', 'due-soon', 'open'] as const;
    const index = (order as readonly string[]).indexOf(stateOf(of, now));
    return index < 0 ? order.length : index;
  };
  const soonest = (of: Request) =>
    Math.min(of.dueAt.getTime(), of.lockAt?.getTime() ?? Number.POSITIVE_INFINITY);
  return (a, b) => rank(a) - rank(b) || soonest(a) - soonest(b) || byName(a, b);
}

export type LastFigure = { readonly figure: Figure; readonly version: number } | null;

/** Everything that can be answered to one request. */
function answerButtons(of: Request, last: LastFigure, reader: Reader): Part {
  const address = { request: of.id };
  const button = (key: Parameters<typeof say>[1], id: string): CardButton => ({
    id,
    label: say.plain(reader, key),
  });
  const same = last && shortened(sayFigure(last.figure, of.measure.unit, reader.language), 30);
  return buttons(
    { ...button('button.give', givePress.encode(address)), look: 'primary' },
    same !== null && {
      id: samePress.encode({ ...address, version: last?.version ?? 0 }),
      label: say.plain(reader, 'button.same', { figure: same }),
    },
    button('button.help', helpPress.encode(address)),
    button('button.time', timePress.encode(address)),
    button('button.not-this-time', naPress.encode(address)),
    button('button.else', elsePress.encode(address)),
    button('button.link', linkPress.encode(address)),
    button('button.what', whatPress.encode({ measure: of.measure.id })),
  );
}

/** One request with its reason and every way to answer. */
export function requestCard(
  of: Request,
  scope: { reader: Reader; now: Date; last: LastFigure; told?: Text; how?: How },
): Card {
  const { reader, now } = scope;
  return card(
    scope.told && paragraph(scope.told),
    heading(shortened(say.plain(reader, 'request.title', { partner: of.partner.name }), limits.heading)),
    paragraph(requestLine(of, now, reader, scope.how)),
    paragraph(say(reader, 'request.why', { purpose: of.measure.purpose })),
    mayGive(of, now) ? answerButtons(of, scope.last, reader) : note(say(reader, 'request.locked')),
  );
}

/** Lines with a reason stay readable up to here. */
const mostOnCard = 6;

/** Everything due on one card, what matters first; each line leads to its own answers. */
export function requestsCard(
  requests: readonly { readonly request: Request; readonly how: How }[],
  scope: { reader: Reader; now: Date; page: number; lead: Text; others: number },
): Card {
  const { reader, now, page } = scope;
  const start = page * mostOnCard;
  const shown = requests.slice(start, start + mostOnCard);
  const partner = shown[0]?.request.partner.name ?? '';
  const left = requests.length - start - shown.length;
  return card(
    heading(shortened(say.plain(reader, 'request.title', { partner }), limits.heading)),
    paragraph(scope.lead),
    ...shown.flatMap(({ request, how }): Part[] => {
      const label = `${shortened(request.measure.name, 45)}, ${sayPeriod(request, reader)}`;
      const give = shortened(say.plain(reader, 'button.give-which', { which: label }), limits.buttonLabel);
      return [
        paragraph(requestLine(request, now, reader, how)),
        buttons(
          { id: givePress.encode({ request: request.id }), label: give, look: 'primary' },
          { id: openPress.encode({ request: request.id }), label: say.plain(reader, 'button.other') },
        ),
      ];
    }),
    (left > 0 || scope.others > 0) &&
      note(say(reader, 'requests.more', { count: Math.max(0, left) + scope.others })),
    (page > 0 || left > 0 || scope.others > 0) &&
      buttons(
        page > 0 && { id: allPress.encode({ page: page - 1 }), label: say.plain(reader, 'button.before') },
        (left > 0 || scope.others > 0) && {
          id: allPress.encode({ page: left > 0 && scope.others === 0 ? page + 1 : 0 }),
          label: say.plain(reader, scope.others > 0 ? 'button.all' : 'button.after'),
        },
      ),
  );
}
