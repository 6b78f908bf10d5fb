import type { Database } from '../database.ts';

/** How many redraws a workspace takes at once after a quiet time, before they go one after the other. */
const burst = 10;

/**
 * Takes one redraw out of what a workspace allows, shared by every worker. Returns 0, or the milliseconds after
 * which to ask again; nothing is taken then.
 */
export async function takeRedraw(
  database: Database,
  workspaceId: string,
  paceMs: number,
  now: Date,
): Promise<number> {
  const begins = new Date(now.getTime() - burst * paceMs);
  const taken = await database.$queryRaw<{ freeAt: Date }[]>`
    insert into "Pace" as pace ("workspaceId", "kind", "freeAt")
    values (${workspaceId}::uuid, 'redraw', ${new Date(begins.getTime() + paceMs)})
    on conflict ("workspaceId", "kind") do update
      set "freeAt" = greatest(pace."freeAt", ${begins}::timestamptz) + make_interval(secs => ${paceMs / 1000})
      where pace."freeAt" <= ${now}
    returning "freeAt"`;
  if (taken.length > 0) return 0;
  const pace = await database.pace.findUnique({
    where: { workspaceId_kind: { workspaceId, kind: 'redraw' } },
  });
  return Math.max(1, (pace?.freeAt ?? now).getTime() - now.getTime());
}

/** The platform has had enough redraws from a workspace: none for that long, whoever would do them. */
export async function holdRedraws(
  database: Database,
  workspaceId: string,
  forMs: number,
  now: Date,
): Promise<void> {
  const freeAt = new Date(now.getTime() + forMs);
  await database.pace.upsert({
    where: { workspaceId_kind: { workspaceId, kind: 'redraw' } },
    create: { workspaceId, kind: 'redraw', freeAt },
    update: { freeAt },
  });
}
