import type pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { connectTo } from '../../prisma/connect.ts';
import { listMigrations, migrate } from '../../prisma/migrate.ts';
import { newId } from '../../src/core/ids.ts';
import { databaseUrl, onServer } from '../support/database.ts';

/** What stood in a database before a migration is what the newer code takes it for afterwards. */
const serverUrl = inject('serverUrl');
const name = `older_${process.pid}`;
const url = databaseUrl(serverUrl, name);
const at = '2026-11-20T15:00:00Z';
const [coalitionId, partnerId, workspaceId, owner] = [newId(), newId(), newId(), newId()];
let client: pg.Client;

beforeAll(async () => {
  await onServer(serverUrl, `create database ${name}`);
  const all = listMigrations();
  const last = all.findIndex((each) => each.endsWith('_unsent-messages'));
  await migrate(url, all.slice(0, last + 1));
  client = await connectTo(url);
  await insert('Coalition', { id: coalitionId, name: 'Ready by Five', timeZone: 'UTC', createdAt: at });
  await insert('Partner', {
    ...{ id: partnerId, coalitionId, name: 'Food Bank', nameKey: 'food bank' },
    ...{ joinedAt: at, confirmedAt: at },
  });
  await insert('Workspace', {
    ...{ id: workspaceId, coalitionId, platform: 'slack', ref: 'T1', name: 'Ready by Five', createdAt: at },
  });
});
afterAll(async () => {
  await client.end();
  await onServer(serverUrl, `drop database ${name} with (force)`);
});

async function insert(table: string, row: Readonly<Record<string, unknown>>): Promise<void> {
  const columns = Object.keys(row).map((column) => `"${column}"`);
  const values = columns.map((_, index) => `$${index + 1}`);
  await client.query(`insert into "${table}" (${columns}) values (${values})`, Object.values(row));
}
const select = async (sql: string) => (await client.query<Record<string, unknown>>(sql)).rows;

test('concerns stay confidential, people who are reachable are tried again, and rounds that are over stay so', async () => {
  const person = { coalitionId, standing: 'member', language: 'en', timeZone: 'UTC', joinedAt: at };
  for (const why of ['direct-messages-closed', 'gone', 'not-allowed', 'broken']) {
    const memberId = newId();
    await insert('Member', { ...person, id: memberId, name: why });
    await insert('Account', {
      ...{ id: newId(), coalitionId, workspaceId, memberId, ref: why, name: why },
      ...{ unreachableSince: at, unreachableWhy: why },
    });
  }
  await insert('Member', { ...person, id: owner, name: 'Ana' });
  await insert('Care', { coalitionId, partnerId, ownerId: owner });
  const answer = { coalitionId, partnerId, score: 4, shared: false, at };
  for (const round of ['2026-08-01', '2026-11-01']) {
    await insert('PulseAnswer', { id: newId(), ...answer, round });
    await insert('PulseUrn', { coalitionId, round });
    const timer = { coalitionId, kind: 'check-ins.pulse-silent', subject: coalitionId, occurrence: round };
    await insert('Timer', { id: newId(), ...timer, dueAt: at, doneAt: round < '2026-11' ? at : null });
  }
  for (const subject of ['concern:one:1', 'box:2026-11-20', 'pulse-ask:2026-11-01'])
    await insert('Outreach', {
      ...{ id: newId(), coalitionId, memberId: owner, kind: 'neutral', feature: 'check-ins', subject },
      ...{ card: '{"parts":[]}', wantedAt: at },
    });

  await migrate(url);

  expect(await select('select "ref" from "Account" where "unreachableSince" is not null order by 1')).toEqual(
    [{ ref: 'direct-messages-closed' }, { ref: 'gone' }],
  );
  expect(await select('select "round", "closed" from "PulseUrn" order by 1')).toEqual([
    { round: '2026-08-01', closed: true },
    { round: '2026-11-01', closed: false },
  ]);
  expect(await select('select distinct "toldToId" from "PulseAnswer"')).toEqual([{ toldToId: owner }]);
  expect(await select('select "subject" from "Outreach" where "confidential" order by 1')).toEqual([
    { subject: 'box:2026-11-20' },
    { subject: 'concern:one:1' },
  ]);
});
