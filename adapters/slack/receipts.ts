import type { Tools } from '../../src/core/ports.ts';

/** The type of the metadata on every message we send; Slack tells us of each by `message_metadata_posted`. */
export const deliveryEvent = 'common_thread_delivery';

/** A send that ended without an answer is repeated within the hour, or not at all. */
const keepMs = 24 * 60 * 60_000;

/** How many of the last receipts tell how late the next may be, and how few tell nothing. */
const most = 100;
const least = 20;

/** Where our messages stand, by Slack's own word. */
export type Receipts = {
  record(receipt: { deliveryId: string; teamId: string; channel: string; ts: string }): Promise<void>;
  find(deliveryId: string, teamId: string): Promise<{ channel: string; ts: string } | null>;
  /** How late the latest of the last receipts was, by Slack's time of the message; null when there were too few. */
  findSlowestMs(teamId: string): Promise<number | null>;
};

export function makeReceipts({ database, realClock }: Pick<Tools, 'database' | 'realClock'>): Receipts {
  let cleanedAt = 0;
  return {
    async record(receipt) {
      const receivedAt = realClock.now();
      await database.slackReceipt.createMany({ data: { ...receipt, receivedAt }, skipDuplicates: true });
      if (receivedAt.getTime() - cleanedAt < 60 * 60_000) return;
      cleanedAt = receivedAt.getTime();
      await database.slackReceipt.deleteMany({
        where: { receivedAt: { lt: new Date(cleanedAt - keepMs) } },
      });
    },
    find: (deliveryId, teamId) => database.slackReceipt.findFirst({ where: { deliveryId, teamId } }),
    async findSlowestMs(teamId) {
      const rows = await database.$queryRaw<{ count: number; slowestMs: number | null }[]>`
        select count(*)::int as "count",
          max(extract(epoch from "receivedAt") * 1000 - "ts"::numeric * 1000)::float8 as "slowestMs"
        from (
          select "receivedAt", "ts" from "SlackReceipt" where "teamId" = ${teamId}
          order by "receivedAt" desc limit ${most}
        ) last`;
      const [row] = rows;
      return row && row.count >= least ? row.slowestMs : null;
    },
  };
}
