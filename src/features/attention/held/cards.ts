import { buttons, type Card, card, heading, list, note, type Part, paragraph } from '../../../core/card.ts';
import type { PartnerId } from '../../../core/ids.ts';
import { limits } from '../../../core/limits.ts';
import { shortened } from '../../../core/plain-text.ts';
import { id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { code, type Text } from '../../../core/text.ts';
import { say } from '../words.ts';
import type { Span } from './rules.ts';
import type { HeldFor } from './store.ts';

export const sendAnywayPress = press('attention.send', { partner: id<PartnerId>() });
export const heldShown = 6;

export function heldCard(reader: Reader, held: readonly HeldFor[], total: number): Card {
  const title = heading(say.plain(reader, 'held.title'));
  if (held.length === 0) return card(title, paragraph(say(reader, 'held.none')));
  const rest = total - held.length;
  return card(
    title,
    ...held.flatMap((each): Part[] => [
      paragraph(
        say(reader, 'held.partner', {
          partner: each.partner,
          asks: each.asks,
          held: each.held,
          what: each.what.join(', '),
        }),
      ),
      buttons({
        id: sendAnywayPress.encode({ partner: each.partnerId }),
        label: shortened(say.plain(reader, 'held.send', { partner: each.partner }), limits.buttonLabel),
        confirm: say.plain(reader, 'held.confirm'),
      }),
    ]),
    note(say(reader, 'held.next', { log: code('/checkin log') })),
    rest > 0 && note(say(reader, 'held.more', { rest })),
  );
}

export function balanceCard(
  reader: Reader,
  of: { partner: string; spans: readonly Span[]; asksInRow: number; limit: number },
): Card {
  const { partner, spans, asksInRow: asks, limit } = of;
  const rows = spans.map((span): Text => {
    const { from, to, ...counts } = span;
    return [...say(reader, 'balance.weeks', { from, to }), ...say(reader, 'balance.row', counts)];
  });
  const nothing = spans.every((span) => span.asks + span.gives + span.notes + span.contacts === 0);
  const run =
    limit > 0
      ? say(reader, 'balance.run', { asks, limit })
      : say(reader, 'balance.run-off', { asks, limits: code('/attention limits') });
  return card(
    heading(say.plain(reader, 'balance.title', { partner: shortened(partner, 100) })),
    nothing ? paragraph(say(reader, 'balance.none')) : list(rows),
    paragraph(run),
  );
}

export function balancesCard(reader: Reader, all: readonly { partner: string; asks: number }[]): Card {
  return card(
    heading(say.plain(reader, 'balance.all')),
    all.length === 0
      ? paragraph(say(reader, 'balance.calm'))
      : list(all.map((each) => say(reader, 'balance.each', each))),
    note(say(reader, 'balance.see')),
  );
}
