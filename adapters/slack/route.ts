import { z } from 'zod';
import { slackLimits } from './limits.ts';

/** Where an answer goes. */
export type Route = {
  readonly teamId: string;
  readonly userId: string;
  readonly place: { readonly ref: string; readonly name: string } | null;
  /** Good for five answers within half an hour. A bearer secret: whoever has it can write there. */
  readonly respondUrl: string | null;
  /** Opens one form, within three seconds. */
  readonly triggerId: string | null;
  /** The message that was pressed, or from which the form was opened. */
  readonly message: { readonly channel: string; readonly ts: string; readonly ephemeral: boolean } | null;
  /** Pressed in the App Home, where nothing can be answered beside it. */
  readonly home: boolean;
  /** What opens the form again when Slack would not wait for it. */
  readonly again: Again | null;
  /** By the real clock: platforms count by it, whatever the demo clock says. */
  readonly receivedAt: number;
};

export type Again =
  | { readonly press: string }
  /** A command, as it was typed. */
  | { readonly command: string; readonly typed: string };

const stored = z.object({
  place: z.object({ ref: z.string(), name: z.string() }).nullable(),
  respondUrl: z.string().nullable(),
  message: z.object({ channel: z.string(), ts: z.string(), ephemeral: z.boolean() }).nullable(),
  home: z.boolean(),
  at: z.number(),
});

/** What a form has to remember of where it was opened. Slack keeps it with the form, out of people's reach. */
export function keepRoute(route: Route): string {
  const { place, respondUrl, message, home, receivedAt } = route;
  const whole = JSON.stringify({ place, respondUrl, message, home, at: receivedAt });
  if (whole.length <= slackLimits.privateMetadata) return whole;
  return JSON.stringify({ place, respondUrl: null, message, home, at: receivedAt });
}

export function keptRoute(metadata: string): z.output<typeof stored> | null {
  try {
    return stored.parse(JSON.parse(metadata));
  } catch {
    return null;
  }
}
