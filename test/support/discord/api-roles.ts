import { type ApiResponse, type Context, failure, ok } from './api-request.ts';
import type { PeerRole, World } from './world.ts';

/** Administrator, and Manage Roles: the bits of Discord's permissions that let a bot change who has a role. */
const administrator = 1n << 3n;
export const manageRoles = 1n << 28n;

const unknownGuild = failure(404, 10004, 'Unknown Guild');

/** A server of which nobody said anything has @everyone and the bot's own role, which may do nothing more. */
export function rolesOf(world: World, guildId: string): PeerRole[] {
  const known = world.roles.get(guildId);
  if (known) return known;
  const own = { id: world.snowflake(), name: 'Common Thread', permissions: '0', position: 1, managed: true };
  const everyone = { id: guildId, name: '@everyone', permissions: '0', position: 0, managed: false };
  world.roles.set(guildId, [everyone, own]);
  membersOf(world, guildId).set(world.botId, new Set([own.id]));
  return rolesOf(world, guildId);
}

export function membersOf(world: World, guildId: string): Map<string, Set<string>> {
  const known = world.members.get(guildId);
  if (known) return known;
  const members = new Map<string, Set<string>>();
  world.members.set(guildId, members);
  return members;
}

export function listRoles({ world, parts: [guildId = ''] }: Context): ApiResponse {
  return world.guilds.has(guildId) ? ok(rolesOf(world, guildId)) : unknownGuild;
}

export function findMember({ world, parts: [guildId = '', userId = ''] }: Context): ApiResponse {
  if (!world.guilds.has(guildId)) return unknownGuild;
  rolesOf(world, guildId);
  const roles = membersOf(world, guildId).get(userId);
  if (!roles) return failure(404, 10007, 'Unknown Member');
  return ok({ user: { id: userId, username: 'somebody' }, roles: [...roles] });
}

/** Only below the bot's own highest role, and with the permission for it (topics/permissions). */
export function changeRole({ world, method, parts }: Context): ApiResponse {
  const [guildId = '', userId = '', roleId = ''] = parts;
  if (!world.guilds.has(guildId)) return unknownGuild;
  const roles = rolesOf(world, guildId);
  const role = roles.find(({ id }) => id === roleId);
  if (!role) return failure(404, 10011, 'Unknown Role');
  const own = membersOf(world, guildId).get(world.botId) ?? new Set();
  const mine = roles.filter(({ id }) => own.has(id));
  const rights = mine.reduce((sum, { permissions }) => sum | BigInt(permissions), 0n);
  const highest = Math.max(...mine.map(({ position }) => position));
  const may = (rights & (manageRoles | administrator)) !== 0n && role.position < highest && !role.managed;
  if (!may) return failure(403, 50013, 'Missing Permissions');
  const member = membersOf(world, guildId).get(userId);
  if (!member) return failure(404, 10007, 'Unknown Member');
  if (method === 'PUT') member.add(roleId);
  else member.delete(roleId);
  return { status: 204 };
}
