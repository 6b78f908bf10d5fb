import { type ApiResponse, type Context, failure, ok } from './api-request.ts';
import type { PeerEvent } from './world.ts';

/** A server's scheduled events, as resources/guild-scheduled-event has them. */

const missingPermissions = failure(403, 50013, 'Missing Permissions');

export function listEvents({ world, parts: [guildId = ''] }: Context): ApiResponse {
  return ok([...world.events.values()].filter((each) => each.guild_id === guildId && each.status !== 4));
}

export function postEvent({ world, parts: [guildId = ''], body }: Context): ApiResponse {
  if (!world.mayCreateEvents.has(guildId)) return missingPermissions;
  const event = body as Omit<PeerEvent, 'id' | 'guild_id' | 'status'>;
  const problem = problemOf(event, world.now());
  if (problem) return problem;
  const made: PeerEvent = { ...event, id: world.snowflake(), guild_id: guildId, status: 1 };
  world.events.set(made.id, made);
  return ok(made);
}

export function changeEvent({ world, parts: [guildId = '', id = ''], body }: Context): ApiResponse {
  const known = world.events.get(id);
  if (!known || known.guild_id !== guildId) return failure(404, 10070, 'Unknown Guild Scheduled Event');
  if (!world.mayCreateEvents.has(guildId)) return missingPermissions;
  // What is cancelled or over can not be changed any more.
  if (known.status > 2) return failure(400, 180000, 'Cannot update a finished event');
  const changed = { ...known, ...(body as Partial<PeerEvent>) };
  const problem = changed.status === 1 ? problemOf(changed, world.now()) : null;
  if (problem) return problem;
  world.events.set(id, changed);
  return ok(changed);
}

/** An event outside Discord needs a place and an end, begins in the time to come and ends after it begins. */
function problemOf(event: Omit<PeerEvent, 'id' | 'guild_id' | 'status'>, now: number): ApiResponse | null {
  const [start, end] = [Date.parse(event.scheduled_start_time), Date.parse(event.scheduled_end_time)];
  const isFit =
    event.name.length >= 1 &&
    event.name.length <= 100 &&
    event.entity_metadata.location.length >= 1 &&
    event.entity_metadata.location.length <= 100 &&
    start > now &&
    end > start;
  return isFit ? null : failure(400, 50035, 'Invalid Form Body');
}
