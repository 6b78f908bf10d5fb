import type pg from 'pg';
import type { PartnerId } from '../../src/core/ids.ts';

export const partnersEach = 60;

/** A person who may confirm their partner's card, in the Discord server of their coalition. */
type Confirming = {
  readonly id: PartnerId;
  readonly name: string;
  readonly discord: string;
  readonly guild: string;
};

const guildOf = (coalition: number) => String(1_310_000_000_000_000_000n + BigInt(coalition));
const personOf = (coalition: number, partner: number) =>
  String(1_500_000_000_000_000_000n + BigInt(coalition * 1000 + partner));

/** Writes coalitions `from` to `to`, each of 60 partners with one representative who has an account in one server. */
export async function writeCoalitions(client: pg.Client, from: number, to: number): Promise<void> {
  const run = (sql: string) => client.query(sql, [from, to]);
  await run(`
    insert into "Coalition" ("id", "name", "timeZone", "createdAt")
    select ${uuid("'coalition'", 'c')}, 'Coalition ' || c, 'UTC', now() from generate_series($1::int, $2::int) c`);
  await run(`
    insert into "Workspace" ("id", "coalitionId", "platform", "ref", "name", "createdAt")
    select ${uuid("'workspace'", 'c')}, ${uuid("'coalition'", 'c')}, 'discord',
      (1310000000000000000 + c)::text, 'Server ' || c, now()
    from generate_series($1::int, $2::int) c`);
  await run(`
    insert into "Partner" ("id", "coalitionId", "name", "nameKey", "does", "sector", "joinedAt", "confirmedAt")
    select ${uuid("'partner'", 'c', 'p')}, ${uuid("'coalition'", 'c')}, 'Northside Food Bank ' || p,
      'northside food bank ' || p, 'Food for families with small children.', 'Sector ' || p % 8, now(), now()
    from ${everybody}`);
  await run(`
    insert into "Member" ("id", "coalitionId", "partnerId", "name", "standing", "language", "timeZone", "joinedAt")
    select ${uuid("'member'", 'c', 'p')}, ${uuid("'coalition'", 'c')}, ${uuid("'partner'", 'c', 'p')}, 'Ben ' || p,
      'representative', 'en', 'UTC', now()
    from ${everybody}`);
  await run(`
    insert into "Account" ("id", "coalitionId", "workspaceId", "memberId", "ref", "name")
    select ${uuid("'account'", 'c', 'p')}, ${uuid("'coalition'", 'c')}, ${uuid("'workspace'", 'c')},
      ${uuid("'member'", 'c', 'p')}, (1500000000000000000 + c::bigint * 1000 + p)::text, 'Ben ' || p
    from ${everybody}`);
  await run(`
    insert into "Lane" ("id", "coalitionId", "workspaceId", "placeRef", "openAt")
    select ${uuid("'lane'", 'c', 'p')}, ${uuid("'coalition'", 'c')}, ${uuid("'workspace'", 'c')},
      '@' || (1500000000000000000 + c::bigint * 1000 + p)::text, now()
    from ${everybody}`);
  await client.query('analyze');
}

/** People of the first `coalitions` coalitions, every one of them in turn. */
export async function listConfirming(client: pg.Client, coalitions: number): Promise<Confirming[]> {
  const { rows } = await client.query<{ c: number; p: number; id: PartnerId; name: string }>(
    `select c, p, ${uuid("'partner'", 'c', 'p')} as "id", 'Northside Food Bank ' || p as "name"
     from generate_series(1, ${partnersEach}) p, generate_series(1, $1::int) c order by p, c`,
    [coalitions],
  );
  return rows.map(({ c, p, id, name }) => ({ id, name, discord: personOf(c, p), guild: guildOf(c) }));
}

/** One message waiting for each of `count` people, spread over the first `coalitions` coalitions. */
export async function writeWaiting(client: pg.Client, round: string, coalitions: number, count: number) {
  await client.query(
    `insert into "Outgoing" ("id", "coalitionId", "laneId", "key", "card", "createdAt")
     select uuidv7(), ${uuid("'coalition'", 'c')}, ${uuid("'lane'", 'c', 'p')}, $1 || ' ' || number,
       '{"parts":[{"part":"paragraph","text":["The shelf at Northside is full again this week."]}]}', now()
     from (
       select number, 1 + number % $2::int as c, 1 + (number / $2::int) % ${partnersEach} as p
       from generate_series(0, $3::int - 1) number
     ) spread`,
    [round, coalitions, count],
  );
}

/** As many timers that are due now, for a job that does nothing. */
export async function writeTimers(
  client: pg.Client,
  round: string,
  kind: string,
  coalitions: number,
  count: number,
) {
  await client.query(
    `insert into "Timer" ("id", "coalitionId", "kind", "subject", "occurrence", "dueAt")
     select uuidv7(), ${uuid("'coalition'", 'c')}, $1, number::text, $2, now()
     from (select number, 1 + number % $3::int as c from generate_series(1, $4::int) number) spread`,
    [kind, round, coalitions, count],
  );
}

/** What has been sent, done and taken in so far, `times` times over: the history of a coalition in its later years. */
export async function growHistory(client: pg.Client, times: number): Promise<number> {
  const copies = `generate_series(1, ${times - 1}) copy`;
  await client.query(`
    insert into "Outgoing" ("id", "coalitionId", "laneId", "key", "card", "state", "createdAt", "sentAt")
    select uuidv7(), "coalitionId", "laneId", "key" || ' ' || copy, "card", "state", "createdAt", "sentAt"
    from "Outgoing" cross join ${copies} where "state" = 'sent'`);
  await client.query(`
    insert into "Timer" ("id", "coalitionId", "kind", "subject", "occurrence", "dueAt", "doneAt")
    select uuidv7(), "coalitionId", "kind", "subject" || ' ' || copy, "occurrence", "dueAt", "doneAt"
    from "Timer" cross join ${copies} where "doneAt" is not null`);
  await client.query(`
    insert into "Arrival" ("key", "arrivedAt", "doneAt")
    select "key" || ' ' || copy, "arrivedAt", "doneAt" from "Arrival" cross join ${copies}
    where "doneAt" is not null`);
  // History has stood for a while: nobody is still tidying it up.
  await client.query('vacuum (analyze)');
  await client.query('checkpoint');
  const { rows } = await client.query<{ count: number }>(`
    select ((select count(*) from "Outgoing") + (select count(*) from "Timer") + (select count(*) from "Arrival"))::int
      as "count"`);
  return rows[0]?.count ?? 0;
}

const everybody = `generate_series($1::int, $2::int) c, generate_series(1, ${partnersEach}) p`;

/** The same id for the same thing in every statement. */
function uuid(what: string, ...numbers: readonly string[]): string {
  return `md5(${[what, ...numbers].join(" || ' ' || ")})::uuid`;
}
