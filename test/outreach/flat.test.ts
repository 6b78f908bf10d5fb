import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { openTestBot, type TestBot } from '../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../support/coalition.ts';

let bot: TestBot;
let coalition: TestCoalition;
const others = 20_000;

beforeAll(async () => {
  bot = await openTestBot();
  coalition = await makeCoalition(bot, { partners: [{ name: 'Food Bank', voices: ['Ben'] }] });
  await bot.database.$executeRaw`
    insert into "Outreach" ("id", "coalitionId", "memberId", "kind", "feature", "subject", "card", "wantedAt")
    select gen_random_uuid(), ${coalition.id}::uuid, gen_random_uuid(), 'ask', 'test', n::text, '{}', now()
    from generate_series(1, ${others}::int) n`;
  await bot.database.$executeRaw`
    insert into "OutreachMessage" ("id", "coalitionId", "memberId", "at")
    select gen_random_uuid(), ${coalition.id}::uuid, gen_random_uuid(), now()
    from generate_series(1, ${others}::int) n`;
  // PostgreSQL does this by itself within a minute of so many new rows.
  await bot.database.$executeRaw`analyze "Outreach"`;
  await bot.database.$executeRaw`analyze "OutreachMessage"`;
});
afterAll(() => bot.end());

/** Rows that a query looked at, whether or not they were of any use. */
async function rowsRead(query: string): Promise<number> {
  const [row] = await bot.database.$queryRawUnsafe<{ 'QUERY PLAN': unknown }[]>(
    `explain (analyze, format json) ${query}`,
  );
  const plan = JSON.stringify(row?.['QUERY PLAN']);
  expect(plan).not.toContain('Seq Scan');
  const numbers = [...plan.matchAll(/"(?:Actual Rows|Rows Removed by \w+(?: \w+)*)":\s*([\d.]+)/g)];
  return numbers.reduce((sum, [, count]) => sum + Number(count), 0);
}

test('a decision looks at the rows of its person alone, however many others wait', async () => {
  const member = coalition.memberId('Ben');
  await bot.database.outreach.create({
    data: {
      id: newId(),
      coalitionId: coalition.id,
      memberId: member,
      kind: 'ask',
      feature: 'test',
      subject: 'own',
      card: {},
      wantedAt: bot.clockHand.now(),
    },
  });
  const own = `"coalitionId" = '${coalition.id}'::uuid and "memberId" = '${member}'::uuid`;
  expect(
    await rowsRead(`select * from "Outreach" where ${own} and "state" = 'waiting' limit 200`),
  ).toBeLessThan(10);
  expect(
    await rowsRead(`select "at" from "OutreachMessage" where ${own} and "at" > now() - interval '7 days'`),
  ).toBeLessThan(10);
});
