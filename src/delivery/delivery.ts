import type { Card } from '../core/card.ts';
import { type CoalitionId, type MemberId, newId, type WorkspaceId } from '../core/ids.ts';
import type { Delivery, View, Writing } from '../core/ports.ts';
import type { Text } from '../core/text.ts';
import { platformsWithCalendar } from '../core/who.ts';
import type { Prisma } from '../database.ts';
import { isPaused } from '../identity/paused.ts';

type Lane = { id: string };

/** The same people are the same conversation, in whatever order they are named. */
export const groupRef = (accountRefs: readonly string[]) => `&${[...accountRefs].sort().join('+')}`;

/** The accounts of a conversation of several; null for any other place. */
export function groupAccounts(placeRef: string): readonly string[] | null {
  return placeRef.startsWith('&') ? placeRef.slice(1).split('+') : null;
}

/** The `placeRef` of a workspace's calendar: no platform's channel is called so. */
export const calendarRef = '!calendar';

/** Queues messages and redraws by writing rows; a worker sends them. */
export const delivery: Delivery = {
  async post(writing, message) {
    const { coalitionId, to, key, card, live } = message;
    const lane = await laneFor(writing, coalitionId, to);
    if (!lane) return { posted: false, reason: 'unreachable' };
    const toAll = 'why' in message ? message : null;
    const byItself = toAll !== null && writing.byItself === true;
    await queueMessage(writing, lane, {
      coalitionId,
      key,
      card,
      ...(live ? { live } : {}),
      ...('member' in to ? { memberId: to.member } : {}),
      ...(toAll ? { why: toAll.why, byItself } : {}),
      // What somebody asked for is said however late.
      ...(byItself && toAll.expires ? { expires: toAll.expires } : {}),
      paused: byItself && (await isPaused(writing.tx, coalitionId)),
    });
    return { posted: true };
  },

  async redraw(writing, { coalitionId, view, subject }) {
    // In this order: a message that is being recorded as sent at this moment makes the first statement wait, and
    // only a statement that begins after it sees the posting. The other way round, neither would find it.
    await writing.tx.outgoing.updateMany({
      where: { coalitionId, view: view.id, subject, state: { in: ['waiting', 'paused', 'sending'] } },
      data: { stale: true },
    });
    const stale = await writing.tx.$queryRaw<Lane[]>`
      update "Posting" set "wantedVersion" = "wantedVersion" + 1, "stale" = true
      where "coalitionId" = ${coalitionId}::uuid and "view" = ${view.id} and "subject" = ${subject}
        and "goneAt" is null
      returning "laneId" as "id"`;
    for (const lane of new Set(stale.map(({ id }) => id))) writing.wake({ wake: 'lane', id: lane });
  },
};

/** Writes one message into a lane, unless the same one is there already. */
async function queueMessage(
  writing: Writing,
  lane: Lane,
  message: {
    coalitionId: CoalitionId;
    key: string;
    card: Card;
    live?: { view: View; subject: string };
    memberId?: MemberId;
    why?: Text;
    byItself?: boolean;
    expires?: Date;
    /** It waits in its lane without being sent. */
    paused?: boolean;
  },
): Promise<void> {
  await writing.tx.outgoing.createMany({
    data: {
      // A second try looks for the first from the moment that the id tells.
      id: newId(writing.realNow),
      coalitionId: message.coalitionId,
      laneId: lane.id,
      key: message.key,
      card: message.card as unknown as Prisma.InputJsonValue,
      view: message.live?.view.id ?? null,
      subject: message.live?.subject ?? null,
      memberId: message.memberId ?? null,
      ...(message.why ? { why: message.why as unknown as Prisma.InputJsonValue } : {}),
      byItself: message.byItself ?? false,
      expiresAt: message.expires ?? null,
      ...(message.paused ? { state: 'paused' } : {}),
      createdAt: writing.now,
    },
    skipDuplicates: true,
  });
  writing.wake({ wake: 'lane', id: lane.id });
}

function laneFor(
  writing: Writing,
  coalitionId: CoalitionId,
  to: Parameters<Delivery['post']>[1]['to'],
): Promise<Lane | null> {
  if ('calendar' in to) return laneOfCalendar(writing, coalitionId, to.calendar);
  if ('place' in to) return laneOfPlace(writing, coalitionId, to.place);
  if ('member' in to) return laneOfMember(writing, coalitionId, to.member, to.notBy ?? []);
  return laneOfSeveral(writing, coalitionId, to.together);
}

async function laneOfCalendar(
  writing: Writing,
  coalitionId: CoalitionId,
  workspaceId: WorkspaceId,
): Promise<Lane | null> {
  const platform = { in: [...platformsWithCalendar] };
  const workspace = await writing.tx.workspace.findFirst({
    where: { id: workspaceId, coalitionId, removedAt: null, platform },
  });
  return workspace && openLane(writing, coalitionId, workspace.id, calendarRef);
}

async function laneOfPlace(
  writing: Writing,
  coalitionId: CoalitionId,
  placeId: string,
): Promise<Lane | null> {
  const place = await writing.tx.place.findFirst({
    where: { id: placeId, coalitionId, workspace: { removedAt: null } },
  });
  return place && openLane(writing, coalitionId, place.workspaceId, place.ref);
}

/** The direct-message lane of the account by which a member was last reached, but for these; null when none works. */
async function laneOfMember(
  writing: Writing,
  coalitionId: CoalitionId,
  memberId: MemberId,
  notBy: readonly string[],
): Promise<Lane | null> {
  const [account] = await writing.tx.$queryRaw<{ workspaceId: string; ref: string; lane: string | null }[]>`
    select a."workspaceId", a."ref", l."id" as "lane"
    from "Account" a join "Workspace" w on w."id" = a."workspaceId" and w."removedAt" is null
    left join "Lane" l on l."workspaceId" = a."workspaceId" and l."placeRef" = '@' || a."ref"
    where a."coalitionId" = ${coalitionId}::uuid and a."memberId" = ${memberId}::uuid
      and a."unreachableSince" is null and (l."id" is null or l."id" <> all(${notBy}::uuid[]))
    order by a."reachedAt" desc nulls last, a."id" limit 1`;
  if (!account) return null;
  if (account.lane) return { id: account.lane };
  return openLane(writing, coalitionId, account.workspaceId, `@${account.ref}`);
}

/** A conversation of several in a workspace where all of them can be reached; null when there is none. */
async function laneOfSeveral(
  writing: Writing,
  coalitionId: CoalitionId,
  members: readonly MemberId[],
): Promise<Lane | null> {
  const accounts = await writing.tx.account.findMany({
    where: {
      coalitionId,
      memberId: { in: [...members] },
      unreachableSince: null,
      workspace: { removedAt: null },
    },
    orderBy: { id: 'asc' },
  });
  for (const workspaceId of new Set(accounts.map((account) => account.workspaceId))) {
    const there = accounts.filter((account) => account.workspaceId === workspaceId);
    const refs = members.flatMap((id) => there.find(({ memberId }) => memberId === id)?.ref ?? []);
    if (refs.length !== members.length) continue;
    return openLane(writing, coalitionId, workspaceId, groupRef(refs));
  }
  return null;
}

async function openLane(
  { tx }: Writing,
  coalitionId: CoalitionId,
  workspaceId: string,
  placeRef: string,
): Promise<Lane> {
  const where = { workspaceId_placeRef: { workspaceId, placeRef } };
  const found = await tx.lane.findUnique({ where, select: { id: true } });
  if (found) return found;
  // Two at once: the second waits for the first's row, and finds it. Prisma's own upsert would break off with nothing
  // to update.
  await tx.lane.createMany({
    data: { coalitionId, workspaceId, placeRef, openAt: new Date(0) },
    skipDuplicates: true,
  });
  return tx.lane.findUniqueOrThrow({ where, select: { id: true } });
}
