import pg from 'pg';
import {
  type CoalitionId,
  type MemberId,
  newId,
  type PartnerId,
  type WorkspaceId,
} from '../../src/core/ids.ts';
import { closeDatabase, openDatabase } from '../../src/database.ts';
import { ids } from './commands-peer.ts';

export const teamId = 'T0BENCH001';
const partnerCount = 50;

export type Partner = {
  readonly id: PartnerId;
  readonly name: string;
  readonly slack: string;
  readonly discord: string;
};

/** One coalition in both platforms, each partner with one person who may confirm its card. */
export async function writeCoalition(url: string): Promise<Partner[]> {
  const database = openDatabase(url);
  const now = new Date();
  const coalitionId = newId<CoalitionId>();
  await database.coalition.create({
    data: { id: coalitionId, name: 'Ready by Five', timeZone: 'UTC', createdAt: now },
  });
  const workspaces = { slack: newId<WorkspaceId>(), discord: newId<WorkspaceId>() };
  for (const platform of ['slack', 'discord'] as const) {
    const ref = platform === 'slack' ? teamId : ids.guild;
    const id = workspaces[platform];
    await database.workspace.create({
      data: { id, coalitionId, platform, ref, name: 'Ready', createdAt: now },
    });
  }
  const partners: Partner[] = [];
  for (let index = 0; index < partnerCount; index += 1) {
    const partner: Partner = {
      id: newId<PartnerId>(),
      name: `Northside Food Bank ${index}`,
      slack: `U0BEN${index}`,
      discord: String(1_500_000_000_000_000_000n + BigInt(index)),
    };
    const { id, name } = partner;
    const said = { does: 'Food for families with small children.', sector: 'Food', area: 'North' };
    await database.partner.create({
      data: { id, coalitionId, name, nameKey: name.toLowerCase(), ...said, joinedAt: now, confirmedAt: now },
    });
    const memberId = newId<MemberId>();
    const settings = { language: 'en', timeZone: 'UTC', standing: 'representative' };
    await database.member.create({
      data: { id: memberId, coalitionId, partnerId: id, name: `Ben ${index}`, ...settings, joinedAt: now },
    });
    for (const platform of ['slack', 'discord'] as const) {
      const workspaceId = workspaces[platform];
      await database.account.create({
        data: { coalitionId, workspaceId, memberId, ref: partner[platform], name: `Ben ${index}` },
      });
    }
    partners.push(partner);
  }
  await closeDatabase(database);
  return partners;
}

/** What PostgreSQL itself commits: one prepared upsert of one row after the other on each connection. */
export async function countUpserts(url: string, connections: number): Promise<number> {
  const clients = Array.from({ length: connections }, () => new pg.Client({ connectionString: url }));
  await Promise.all(clients.map((client) => client.connect()));
  await clients[0]?.query('create table "BenchUpsert" ("id" int primary key, "at" timestamptz)');
  const endsAt = performance.now() + 2000;
  let count = 0;
  await Promise.all(
    clients.map(async (client, index) => {
      for (let number = 0; performance.now() < endsAt; number += 1) {
        await client.query({
          name: 'upsert',
          text: 'insert into "BenchUpsert" values ($1, now()) on conflict ("id") do update set "at" = excluded."at"',
          values: [index * 1000 + (number % 100)],
        });
        count += 1;
      }
    }),
  );
  await Promise.all(clients.map((client) => client.end()));
  return count / 2;
}
