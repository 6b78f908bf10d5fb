import pg from 'pg';
import { expect, test } from 'vitest';
import { teamId, writeCoalition } from '../../bench/support/commands-coalition.ts';
import { arriveSql } from '../../src/identity/arrive.ts';
import { openTestBot } from '../support/bot.ts';

test('how to look up who sent a command is planned once, and not for every command anew', async () => {
  const bot = await openTestBot({ features: [] });
  const people = await writeCoalition(bot.databaseUrl);
  await bot.database.$executeRaw`analyze`;
  const client = new pg.Client({ connectionString: bot.databaseUrl });
  await client.connect();
  for (const [number, { slack, name }] of people.entries()) {
    const one = [`slack:${number}`, 'slack', teamId, slack, new Date('2026-11-23T15:00:00Z')];
    const values = one.map((each) => [each]);
    const { rows } = await client.query({ name: 'arrive', text: arriveSql, values });
    expect(rows).toMatchObject([{ fresh: true, sender: { partnerName: name } }]);
  }
  const { rows } = await client.query('select "generic_plans", "custom_plans" from pg_prepared_statements');
  // PostgreSQL plans the first five anew, to compare.
  expect(rows).toEqual([{ generic_plans: String(people.length - 5), custom_plans: '5' }]);
  await client.end();
  await bot.end();
});
