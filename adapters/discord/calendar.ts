import { type REST, Routes } from 'discord.js';
import type { CalendarEvent } from '../../src/core/card.ts';
import { shortened } from '../../src/core/plain-text.ts';
import type { Messenger } from '../../src/core/ports.ts';
import { troubleOf } from './trouble.ts';
import type { Turns } from './turns.ts';

/** Not among what the bot asks for when it is added: a server that wants events there gives it. */
const permission = 'Create Events';
/** resources/guild-scheduled-event: seen by the server alone, takes place outside Discord, cancelled. */
const guildOnly = 2;
const external = 3;
const cancelled = 4;
/** The same page: lengths of name, place and description; a place has at least one character. */
const longest = { name: 100, location: 100, description: 1000 } as const;

type Listed = { readonly id: string; readonly name: string; readonly scheduled_start_time: string };

/** A server's scheduled events. */
export function makeCalendar(
  rest: REST,
  signal: () => AbortSignal,
  { inTurn, now }: Turns,
): NonNullable<Messenger['calendar']> {
  return {
    async post(guild, event, maybeSent) {
      // Discord takes no event that has begun; nobody would come to it either.
      if (new Date(event.startsAt) <= now()) return { messageRef: '' };
      try {
        if (maybeSent) {
          const found = await findPosted(event, () =>
            inTurn(() => rest.get(Routes.guildScheduledEvents(guild), { signal: signal() })),
          );
          if (found) return { messageRef: found };
        }
        const body = { ...drawEvent(event), privacy_level: guildOnly };
        const made = (await inTurn(() =>
          rest.post(Routes.guildScheduledEvents(guild), { body, signal: signal() }),
        )) as { id: string };
        return { messageRef: made.id };
      } catch (error) {
        throw troubleOf(error, permission);
      }
    },

    async redraw(guild, eventRef, event) {
      if (eventRef === '') return;
      const body = event.cancelled ? { status: cancelled } : drawEvent(event);
      try {
        await inTurn(() =>
          rest.patch(Routes.guildScheduledEvent(guild, eventRef), { body, signal: signal() }),
        );
      } catch (error) {
        throw troubleOf(error, permission);
      }
    },
  };
}

/** Discord knows no key by which it recognises an event: one of the same name and time is the same. */
async function findPosted(event: CalendarEvent, list: () => Promise<unknown>): Promise<string | null> {
  const all = (await list()) as Listed[];
  const name = shortened(event.title, longest.name);
  const same = all.find(
    (each) => each.name === name && Date.parse(each.scheduled_start_time) === Date.parse(event.startsAt),
  );
  return same?.id ?? null;
}

function drawEvent(event: CalendarEvent) {
  return {
    name: shortened(event.title, longest.name),
    description: shortened(event.why, longest.description),
    scheduled_start_time: event.startsAt,
    scheduled_end_time: event.endsAt,
    entity_type: external,
    entity_metadata: { location: shortened(event.place, longest.location) || '–' },
  };
}
