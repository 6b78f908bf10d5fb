import type { CalendarEvent, Card } from '../../src/core/card.ts';
import { PlatformError } from '../../src/core/errors.ts';
import type { Destination, Drawn, Messenger } from '../../src/core/ports.ts';
import { type PlatformName, platformsWithCalendar } from '../../src/core/who.ts';
import type { DrawnKeeper } from './drawn.ts';

/** A message as it stands in a channel or a direct conversation. */
export type Posted = {
  readonly ref: string;
  readonly deliveryId: string;
  readonly workspaceRef: string;
  readonly placeRef: string;
  card: Card;
  drawn: Drawn;
  redraws: number;
};

/** The place where a conversation test reads what the bot sent. Refuses on request, as platforms do. */
export type TestMessenger = Messenger & {
  readonly posted: Posted[];
  /** What stands in the workspace's own calendar. */
  readonly events: CalendarEvent[];
  /** Throws this for the next sends to a place, as often as given. */
  refuseNext(placeRef: string, error: PlatformError, times?: number): void;
  /** From now on this platform has conversations of several, called `group of a+b`. */
  allowGroups(): void;
};

export function makeTestMessenger(platform: PlatformName, shown: DrawnKeeper): TestMessenger {
  const posted: Posted[] = [];
  const events: CalendarEvent[] = [];
  const refusals = new Map<string, PlatformError[]>();

  function maybeRefuse({ placeRef }: Destination) {
    const error = refusals.get(placeRef)?.shift();
    if (error) throw error;
  }

  const messenger: TestMessenger = {
    platform,
    paceMs: 0,
    events,
    ...(platformsWithCalendar.includes(platform)
      ? {
          calendar: {
            async post(workspaceRef, event) {
              maybeRefuse({ workspaceRef, placeRef: '!calendar' });
              events.push(event);
              return { messageRef: String(events.length - 1) };
            },
            async redraw(_, ref, event) {
              events[Number(ref)] = event;
            },
          },
        }
      : {}),
    posted,
    refuseNext(placeRef, error, times = 1) {
      refusals.set(placeRef, [...(refusals.get(placeRef) ?? []), ...Array<PlatformError>(times).fill(error)]);
    },
    allowGroups() {
      messenger.openGroup = async (_workspaceRef, refs) => ({ placeRef: `group of ${refs.join('+')}` });
    },
    async post(to, message) {
      maybeRefuse(to);
      const known = posted.find((each) => each.deliveryId === message.deliveryId);
      if (known && message.maybeSent) return { messageRef: known.ref };
      shown.card(message.card, message.reader);
      const ref = `m${posted.length + 1}`;
      const { deliveryId, card } = message;
      posted.push({ ref, deliveryId, ...to, card, drawn: message, redraws: 0 });
      return { messageRef: ref };
    },
    async redraw(to, messageRef, message) {
      maybeRefuse(to);
      const known = posted.find((each) => each.ref === messageRef && each.workspaceRef === to.workspaceRef);
      if (!known) throw new PlatformError('gone', platform);
      shown.card(message.card, message.reader);
      known.card = message.card;
      known.drawn = message;
      known.redraws += 1;
    },
  };
  return messenger;
}
