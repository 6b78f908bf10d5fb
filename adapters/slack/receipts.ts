import type { Database } from '../../src/database.ts';

/** The type of the metadata on every message we send; Slack tells us of each by `message_metadata_posted`. */
export const deliveryEvent = 'common_thread_delivery';

/** A send that ended without an answer is repeated within the hour, or not at all. */
const keepMs = 24 * 60 * 60_000;

/** Where our messages stand, by Slack's own word. */
export type Receipts = {
  record(receipt: { deliveryId: string; teamId: string; channel: string; ts: string }): Promise<void>;
  find(deliveryId: string, teamId: string): Promise<{ channel: string; ts: string } | null>;
};

export function makeReceipts(database: Database): Receipts {
  let cleanedAt = 0;
  return {
    async record(receipt) {
      const receivedAt = new Date();
      await database.slackReceipt.createMany({ data: { ...receipt, receivedAt }, skipDuplicates: true });
      if (receivedAt.getTime() - cleanedAt < 60 * 60_000) return;
      cleanedAt = receivedAt.getTime();
      await database.slackReceipt.deleteMany({
        where: { receivedAt: { lt: new Date(cleanedAt - keepMs) } },
      });
    },
    find: (deliveryId, teamId) => database.slackReceipt.findFirst({ where: { deliveryId, teamId } }),
  };
}
