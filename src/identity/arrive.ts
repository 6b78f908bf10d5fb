import type { Arrivals, Draft, Sender } from '../core/dispatch.ts';
import type { AccountId, CoalitionId, MemberId, PartnerId, WorkspaceId } from '../core/ids.ts';
import type { Clock, Log } from '../core/ports.ts';
import { inRounds } from '../core/rounds.ts';
import type { PlatformName, Standing } from '../core/who.ts';
import { type Database, writeManyRows } from '../database.ts';

/** A delivery whose handler has not finished after this long is taken for dead and may run again. */
const deadAfterSeconds = 60;
/** Finished deliveries are written down together, this often. */
const finishEveryMs = 100;
/** Many times what a round usually takes. */
const slowRoundMs = 25;

/** The database's side of `Arrivals`. `stop` writes down what is still to be written. */
export function makeArrivals(
  database: Database,
  clock: Clock,
  log: Log,
): Arrivals & { stop(): Promise<void> } {
  let finished: string[] = [];
  const acted = new Set<AccountId>();
  let timer: NodeJS.Timeout | null = null;

  async function writeFinished() {
    timer = null;
    const keys = finished;
    const accounts = [...acted].sort();
    finished = [];
    acted.clear();
    if (keys.length === 0) return;
    try {
      const now = clock.now();
      await writeManyRows(database, finishSql, [keys, now]);
      await writeManyRows(database, actedSql, [accounts, now.toISOString().slice(0, 10)]);
    } catch (error) {
      // A second delivery may then run again; handlers bear that, because their keys are in the database.
      log.warn({ error: error as Error, count: keys.length }, 'arrivals.finish-failed');
    }
  }

  // With many at once, the way to the database and its commit cost more than what is done there: they share both.
  const arriveInRound = inRounds<Arriving, ArrivedRow>({
    keyOf: ({ key }) => key,
    ...{ atOnce: 2, slowAfterMs: slowRoundMs },
    most: 64,
    run: (round) =>
      writeManyRows<ArrivedRow>(database, arriveSql, [
        round.map(({ key }) => key),
        round.map(({ platform }) => platform),
        round.map(({ workspaceRef }) => workspaceRef),
        round.map(({ accountRef }) => accountRef),
        round.map(({ now }) => now),
      ]),
  });

  return {
    async arrive(incoming, now) {
      const row = await arriveInRound({
        key: `${incoming.platform}:${incoming.deliveryKey}`,
        platform: incoming.platform,
        workspaceRef: incoming.workspace.ref,
        accountRef: incoming.account.ref,
        now: now.toISOString(),
      });
      return { fresh: row.fresh, ...senderOf(row.sender, incoming.platform, incoming.workspace.ref) };
    },

    finish(key, by) {
      finished.push(key);
      if (by) acted.add(by);
      timer ??= setTimeout(writeFinished, finishEveryMs);
    },

    async find({ platform, workspace, account }) {
      const rows = await database.workspace.findUnique({
        where: { platform_ref: { platform, ref: workspace.ref } },
        include: {
          coalition: true,
          accounts: {
            where: { ref: account.ref },
            include: { member: { include: { partner: { select: { id: true, name: true, leftAt: true } } } } },
          },
        },
      });
      if (!rows) return { workspace: null, coalition: null, member: null };
      const own = rows.accounts[0];
      const member = own && own.member.leftAt === null ? own.member : null;
      const partner = member?.partner?.leftAt === null ? member.partner : null;
      return senderOf(
        {
          workspaceId: rows.id,
          workspaceName: rows.name,
          ...rows.coalition,
          coalitionId: rows.coalition.id,
          coalitionName: rows.coalition.name,
          accountId: own?.id ?? null,
          memberId: member?.id ?? null,
          memberName: member?.name ?? null,
          standing: member?.standing ?? null,
          memberLanguage: member?.language ?? null,
          memberTimeZone: member?.timeZone ?? null,
          partnerId: partner?.id ?? null,
          partnerName: partner?.name ?? null,
        },
        platform,
        workspace.ref,
      );
    },

    async saveDraft(draft, sender, now) {
      const row = await database.draft.create({
        data: {
          platform: sender.platform,
          accountRef: `${sender.workspace.ref}/${sender.account.ref}`,
          action: draft.action,
          values: { ...draft.values },
          createdAt: now,
        },
      });
      return row.id;
    },

    async findDraft(id, sender) {
      const row = await database.draft.findUnique({ where: { id } });
      const owner = `${sender.workspace.ref}/${sender.account.ref}`;
      if (!row || row.platform !== sender.platform || row.accountRef !== owner) return null;
      return { action: row.action, values: row.values as Draft['values'] };
    },

    async stop() {
      if (timer) clearTimeout(timer);
      await writeFinished();
    },
  };
}

type Arriving = { key: string; platform: string; workspaceRef: string; accountRef: string; now: string };
type ArrivedRow = { fresh: boolean; sender: SenderRow | null };

/**
 * Written in the order of keys, so that two rounds with the same deliveries wait for each other and never cross.
 *
 * The lists come as sub-selects, which hide their lengths: the planner would otherwise make a new plan for every round,
 * which takes longer than running it. Nobody waits for the disk either: whatever is written because of an arrival is
 * committed after it, and takes it to the disk along.
 */
export const arriveSql = `
  with came as (
    select * from unnest((select $1::text[]), (select $2::text[]), (select $3::text[]), (select $4::text[]),
        (select $5::timestamptz[]))
      with ordinality as came("key", "platform", "workspaceRef", "accountRef", "at", "number")
  ), arrival as (
    insert into "Arrival" as had ("key", "arrivedAt") select "key", "at" from came order by "key"
    on conflict ("key") do update set "arrivedAt" = excluded."arrivedAt"
      where had."doneAt" is null
        and had."arrivedAt" < excluded."arrivedAt" - make_interval(secs => ${deadAfterSeconds})
    returning "key"
  )
  select arrival."key" is not null as "fresh", to_json(sender) as "sender"
  from came
  left join arrival on arrival."key" = came."key"
  left join lateral (
    select w."id" as "workspaceId", w."name" as "workspaceName",
      c."id" as "coalitionId", c."name" as "coalitionName", c."language", c."timeZone", c."workingDays",
      c."holidays", c."quietHoursStart", c."quietHoursEnd", c."demo",
      a."id" as "accountId", m."id" as "memberId", m."name" as "memberName", m."standing",
      m."language" as "memberLanguage", m."timeZone" as "memberTimeZone",
      p."id" as "partnerId", p."name" as "partnerName"
    from "Workspace" w
    join "Coalition" c on c."id" = w."coalitionId"
    left join "Account" a on a."workspaceId" = w."id" and a."ref" = came."accountRef"
    left join "Member" m on m."id" = a."memberId" and m."leftAt" is null
    left join "Partner" p on p."id" = m."partnerId" and p."leftAt" is null
    where w."platform" = came."platform" and w."ref" = came."workspaceRef"
  ) sender on true
  cross join (select set_config('synchronous_commit', 'off', true)) hurried
  order by came."number"`;

const finishSql = `update "Arrival" set "doneAt" = $2 where "key" = any($1)`;

/** The day alone, once a day: whoever was here lately costs a look and no write. */
const actedSql = `
  update "Account" set "actedOn" = $2
  where "id" = any($1::text[]::uuid[]) and "actedOn" is distinct from $2`;

type SenderRow = {
  workspaceId: string | null;
  workspaceName: string | null;
  coalitionId: string | null;
  coalitionName: string | null;
  language: string | null;
  timeZone: string | null;
  workingDays: number[] | null;
  holidays: string[] | null;
  quietHoursStart: string | null;
  quietHoursEnd: string | null;
  demo: boolean | null;
  accountId: string | null;
  memberId: string | null;
  memberName: string | null;
  standing: string | null;
  memberLanguage: string | null;
  memberTimeZone: string | null;
  partnerId: string | null;
  partnerName: string | null;
};

function senderOf(row: SenderRow | null, platform: PlatformName, workspaceRef: string): Sender {
  if (!row?.workspaceId || !row.coalitionId) return { workspace: null, coalition: null, member: null };
  return {
    workspace: {
      id: row.workspaceId as WorkspaceId,
      platform,
      ref: workspaceRef,
      name: row.workspaceName ?? '',
    },
    coalition: {
      id: row.coalitionId as CoalitionId,
      name: row.coalitionName ?? '',
      language: row.language ?? 'en',
      timeZone: row.timeZone ?? 'UTC',
      workingDays: row.workingDays ?? [],
      holidays: row.holidays ?? [],
      quietHoursStart: row.quietHoursStart ?? '18:00',
      quietHoursEnd: row.quietHoursEnd ?? '08:00',
      demo: row.demo ?? false,
    },
    member: row.memberId
      ? {
          id: row.memberId as MemberId,
          accountId: row.accountId as AccountId,
          name: row.memberName ?? '',
          standing: row.standing as Standing,
          partner: row.partnerId ? { id: row.partnerId as PartnerId, name: row.partnerName ?? '' } : null,
          language: row.memberLanguage ?? 'en',
          timeZone: row.memberTimeZone ?? 'UTC',
        }
      : null,
  };
}
