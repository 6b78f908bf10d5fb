import { DiscordAPIError, PermissionFlagsBits, type REST, Routes } from 'discord.js';
import { PlatformError } from '../../src/core/errors.ts';
import type { FoundGroup, GroupProblem, Groups } from '../../src/core/groups.ts';
import { troubleOf } from './trouble.ts';
import type { Turns } from './turns.ts';

/**
 * Rights over the server or over other people. A role that gives one of them is never handed out, whatever Discord
 * would let us do.
 */
const rightsOverOthers =
  PermissionFlagsBits.Administrator |
  PermissionFlagsBits.ManageGuild |
  PermissionFlagsBits.ManageRoles |
  PermissionFlagsBits.ManageChannels |
  PermissionFlagsBits.ManageMessages |
  PermissionFlagsBits.ManageThreads |
  PermissionFlagsBits.ManageNicknames |
  PermissionFlagsBits.ManageWebhooks |
  PermissionFlagsBits.ManageEvents |
  PermissionFlagsBits.ManageGuildExpressions |
  PermissionFlagsBits.KickMembers |
  PermissionFlagsBits.BanMembers |
  PermissionFlagsBits.ModerateMembers |
  PermissionFlagsBits.MuteMembers |
  PermissionFlagsBits.DeafenMembers |
  PermissionFlagsBits.MoveMembers |
  PermissionFlagsBits.MentionEveryone |
  PermissionFlagsBits.ViewAuditLog;

/** How long one request may take. */
const requestMs = 10_000;
const manageRoles = 'Manage Roles';
/** JSON error codes: unknown member, unknown role. */
const unknownMember = 10007;
const unknownRole = 10011;

type Role = { id: string; name: string; permissions: string; position: number; managed: boolean };

/** Discord's roles as groups of people. Asks for one person at a time, which needs no privileged intent. */
export function makeGroups(rest: REST, { inTurn }: Turns, limitMs = requestMs): Groups {
  let me: string | null = null;
  const signal = () => AbortSignal.timeout(limitMs);

  async function asked<T>(asking: () => Promise<unknown>): Promise<T> {
    try {
      return (await inTurn(asking)) as T;
    } catch (error) {
      throw troubleOf(error, manageRoles);
    }
  }
  const get = <T>(route: `/${string}`) => asked<T>(() => rest.get(route, { signal: signal() }));

  /** Null when they are not in the server any more. */
  async function findRolesOf(guildId: string, userId: string): Promise<readonly string[] | null> {
    const route = Routes.guildMember(guildId, userId);
    const found = await asked<{ roles: string[] } | null>(() =>
      rest.get(route, { signal: signal() }).catch(passOver),
    );
    return found?.roles ?? null;
  }

  async function find(guildId: string, typed: string): Promise<FoundGroup | { problem: GroupProblem }> {
    const roles = await get<Role[]>(Routes.guildRoles(guildId));
    me ??= (await get<{ id: string }>(Routes.user())).id;
    const own = new Set(await findRolesOf(guildId, me));
    // The role @everyone has the server's own id, and everybody has it.
    const mine = roles.filter(({ id }) => id === guildId || own.has(id));
    const rights = mine.reduce((sum, { permissions }) => sum | BigInt(permissions), 0n);
    if ((rights & (PermissionFlagsBits.ManageRoles | PermissionFlagsBits.Administrator)) === 0n)
      throw new PlatformError('not-allowed', 'Discord', { missing: manageRoles });
    const highest = Math.max(...mine.map(({ position }) => position));

    const wanted = /^<@&(\d+)>$/.exec(typed)?.[1] ?? typed;
    const named = wanted.replace(/^@/, '').toLowerCase();
    const role =
      roles.find(({ id }) => id === wanted) ?? roles.find(({ name }) => name.toLowerCase() === named);
    if (!role || role.id === guildId) return { problem: 'unknown' };
    if (role.managed) return { problem: 'managed' };
    if ((BigInt(role.permissions) & rightsOverOthers) !== 0n) return { problem: 'too-strong' };
    if (role.position >= highest) return { problem: 'too-high' };
    return { ref: role.id, name: role.name };
  }

  return {
    platform: 'discord',
    find,

    async listIn(guildId, roleId, userIds) {
      const present = new Set<string>();
      for (const userId of userIds) {
        const roles = await findRolesOf(guildId, userId);
        if (roles?.includes(roleId)) present.add(userId);
      }
      return present;
    },

    async change(guildId, roleId, { add, remove }) {
      const route = (userId: string) => Routes.guildMemberRole(guildId, userId, roleId);
      const away: string[] = [];
      for (const userId of add) {
        const putting = () => rest.put(route(userId), { signal: signal() }).then(() => userId, passOver);
        if ((await asked(putting)) === null) away.push(userId);
      }
      for (const userId of remove)
        await asked(() => rest.delete(route(userId), { signal: signal() }).catch(passOver));
      return away;
    },
  };
}

/** Whoever is not in the server, and a role that is gone, need nothing done. */
function passOver(error: unknown): null {
  const code = error instanceof DiscordAPIError ? Number(error.code) : 0;
  if (code === unknownMember || code === unknownRole) return null;
  throw error;
}
