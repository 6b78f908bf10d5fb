import type { App, ReceiverEvent } from '@slack/bolt';

type Processing = Pick<App, 'processEvent'>;

/** Events by which something is written down that nobody would tell us again, once we have said that we heard. */
const acknowledgedLate = new Set(['message_metadata_posted', 'app_uninstalled', 'tokens_revoked']);

/**
 * Bolt acknowledges every event before it is dealt with: what is lost then, because the process dies or the database
 * is away, Slack never brings again. These are acknowledged once they are written down, and not when that failed.
 */
export function ackLate(app: Processing): Processing {
  return {
    async processEvent(event: ReceiverEvent) {
      if (!acknowledgedLate.has(eventType(event))) return app.processEvent(event);
      await app.processEvent({ ...event, ack: async () => {} });
      await event.ack();
    },
  };
}

function eventType({ body }: ReceiverEvent): string {
  const { event } = body as { event?: { type?: unknown } };
  return typeof event?.type === 'string' ? event.type : '';
}
