import type { CoalitionId, PartnerId } from '../core/ids.ts';
import type { Writing } from '../core/ports.ts';
import type { Tx } from '../database.ts';
import { afterMessage, type Balance, inOrder, noBalance } from './rules.ts';
import { lockBalance, type Row, waitingOf } from './store.ts';

/** How a partner was contacted lately, where it is set rather than counted on. */
export async function recordBalance(
  tx: Tx,
  coalitionId: CoalitionId,
  partnerId: string,
  { asksInRow, lastAsk }: Balance,
): Promise<void> {
  await tx.$executeRaw`
    insert into "PartnerBalance" as had ("coalitionId", "partnerId", "asksInRow", "lastAsk")
    values (${coalitionId}::uuid, ${partnerId}::uuid, ${asksInRow}, ${lastAsk})
    on conflict ("coalitionId", "partnerId")
      do update set "asksInRow" = excluded."asksInRow", "lastAsk" = excluded."lastAsk"
      where had."asksInRow" <> excluded."asksInRow" or had."lastAsk" <> excluded."lastAsk"`;
}

/** So many things of a partner are looked back at: more than may be asked in a row. */
const lookedBackAt = 100;

/**
 * What a partner's balance is by what was really sent since the last real contact; what could not be delivered is not
 * among it.
 */
export async function restoreBalance(
  { tx }: Writing,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
): Promise<{ before: Balance; after: Balance }> {
  const before = await lockBalance(tx, coalitionId, partnerId);
  const contact = await tx.contact.findFirst({ where: { coalitionId, partnerId }, orderBy: { at: 'desc' } });
  const staff = await tx.member.findMany({ where: { coalitionId, partnerId, standing: 'backbone' } });
  const rows = await tx.outreach.findMany({
    where: {
      ...{ coalitionId, partnerId, state: 'sent', confidential: false },
      memberId: { notIn: staff.map(({ id }) => id) },
      ...(contact ? { settledAt: { gt: contact.at } } : {}),
    },
    orderBy: { settledAt: 'desc' },
    take: lookedBackAt,
  });
  const messages = new Map<string, Row[]>();
  for (const row of rows.reverse()) {
    const message = row.messageId ?? row.id;
    messages.set(message, [...(messages.get(message) ?? []), row]);
  }
  const after = [...messages.values()].reduce(
    (balance, message) => afterMessage(balance, message.map(waitingOf).sort(inOrder)),
    noBalance,
  );
  await recordBalance(tx, coalitionId, partnerId, after);
  return { before, after };
}
