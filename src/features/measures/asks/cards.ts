import { buttons, type Card, card, heading, note, type Part, paragraph } from '../../../core/card.ts';
import { shortened } from '../../../core/plain-text.ts';
import { id, oneOf, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { bold, type Inline, instant } from '../../../core/text.ts';
import { givePress, sayPeriod } from '../requests/cards.ts';
import type { RequestId } from '../requests/rules.ts';
import type { Request } from '../requests/store.ts';
import { say } from '../words.ts';
import type { AskId } from './rules.ts';
import { linkOf } from './rules.ts';
import type { Ask } from './store.ts';

const request = { request: id<RequestId>() };
export const helpFormPress = press('measures.help-form', request);
export const timeFormPress = press('measures.time-form', request);
export const naFormPress = press('measures.not-this-time-form', request);
export const elseFormPress = press('measures.else-form', request);
export const linkFormPress = press('measures.link-form', request);
const answers = ['granted', 'refused', 'done'] as const;
export const answerPress = press('measures.answer-ask', { ask: id<AskId>(), answer: oneOf(answers) });

export const asksShown = 6;

/** A place that can be opened, or its name. */
const sayWhere = (typed: string): Inline => {
  const link = linkOf(typed);
  return link === null ? shortened(typed, 250) : { link, text: shortened(typed, 80) };
};

/** What one ask says, without who answers it how. */
export function askFacts(of: Request, reader: Reader) {
  return { name: bold(of.measure.name), period: sayPeriod(of, reader), partner: bold(of.partner.name) };
}

/** What partners asked staff for, each with its answers. */
export function asksCard(of: { asks: readonly Ask[]; total: number }, reader: Reader): Card {
  if (of.asks.length === 0) return card(paragraph(say(reader, 'asks.none')));
  return card(
    heading(say.plain(reader, 'asks.title', { count: of.total })),
    ...of.asks.flatMap((ask): Part[] => {
      const { request: it, days, member } = ask;
      const where = ask.kind === 'link' ? sayWhere(ask.text) : '';
      const facts = {
        ...askFacts(it, reader),
        member,
        days: days ?? 0,
        text: shortened(ask.text, 250),
        where,
      };
      const due = instant(it.dueAt, it.timeZone);
      const button = (answer: (typeof answers)[number], label: string, primary = false) => ({
        id: answerPress.encode({ ask: ask.id, answer }),
        label,
        ...(primary ? { look: 'primary' as const } : {}),
      });
      return [
        paragraph(say(reader, `asks.${ask.kind}`, { ...facts, due })),
        ask.kind === 'more-time'
          ? buttons(
              button('granted', say.plain(reader, 'button.grant', { days: days ?? 0 }), true),
              button('refused', say.plain(reader, 'button.refuse')),
            )
          : ask.kind === 'link'
            ? buttons(
                {
                  id: givePress.encode({ request: it.id }),
                  label: say.plain(reader, 'button.enter'),
                  look: 'primary',
                },
                button('done', say.plain(reader, 'button.done')),
              )
            : buttons(button('done', say.plain(reader, 'button.done'), true)),
      ];
    }),
    of.total > of.asks.length && note(say(reader, 'asks.more', { count: of.total - of.asks.length })),
  );
}

/** To whoever asked for more time. */
export function timeAnswerCard(of: Request, granted: boolean, reader: Reader): Card {
  const facts = { ...askFacts(of, reader), due: instant(of.dueAt, of.timeZone) };
  return card(
    paragraph(say(reader, granted ? 'time.granted' : 'time.refused', facts)),
    buttons({
      id: givePress.encode({ request: of.id }),
      label: say.plain(reader, 'button.give'),
      look: 'primary',
    }),
  );
}
