import { afterAll, beforeAll, expect, test } from 'vitest';
import { charterRuleNames } from '../../../src/features/decisions/charter/rules.ts';
import { canonical, closedBody, replay, troublesIn } from '../../../src/features/decisions/register/rules.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import type { TestCoalition } from '../../support/coalition.ts';
import { asks, cardText, makeFive, winnipeg } from './asking.ts';

let bot: TestBot;
let here: TestCoalition;
beforeAll(async () => {
  bot = await openTestBot();
  here = await makeFive(bot);
});
afterAll(() => bot.end());

const dayMs = 86_400_000;
const person = (name: string) => here.person(name);
const verify = async () => (await person('Dan').says('/decide verify')).text;
const entries = () => bot.database.decisionEntry.findMany({ orderBy: { position: 'asc' } });
async function forward(ms: number): Promise<void> {
  bot.clockHand.forward(ms);
  await bot.settle();
}

test('anybody can count a decision again from the exported record', async () => {
  const shuttle = { question: 'Which shuttle?', options: ['Bus', 'Van', 'Bikes'], rule: 'runoff' };
  const card = await asks(bot, person('Ana'), shuttle);
  for (const [name, marks] of [
    ['Ben', '1'],
    ['Cleo', '1'],
    ['Dan', '2'],
    ['Eva', '2'],
    ['Finn', '3 2'],
  ] as const) {
    await person(name).presses('Rank the options', card);
    await person(name).fills({ marks });
  }
  await forward(8 * dayMs);
  const exported = await person('Eva').says('/decide export');
  const file = exported.card?.parts.find((part) => part.part === 'file');
  const lines = (file?.part === 'file' ? file.content : '').trim().split('\n');
  const record = lines.map((line) => JSON.parse(line));
  expect(record.map(({ kind }) => kind)).toEqual(['opened', 'closed']);
  const body = closedBody.parse(JSON.parse(record[1].body));
  expect(replay(body).count?.chosen).toEqual([1]);
  expect(replay({ ...body, ballots: [...body.ballots].reverse() })).toEqual(replay(body));
  expect(troublesIn(record, { lastEntry: 2, head: record[1].hash })).toEqual([]);
});

test('a record that was tampered with does not check out, whatever was changed', async () => {
  expect(await verify()).toContain('2 entries, every link and every count checked');
  const [first, second] = await entries();
  if (!first || !second) throw new Error('Two entries were expected');
  const { id } = second;
  await bot.database.decisionEntry.update({
    where: { id },
    data: { body: second.body.replace('Van', 'Cab') },
  });
  expect(await verify()).toContain('Entry 2 was changed after it was written');

  // Somebody cleverer changes the result and writes the hash anew.
  const { entryHash } = await import('../../../src/features/decisions/register/rules.ts');
  const forged = second.body.replace('"chosen":[1]', '"chosen":[0]');
  expect(forged).not.toBe(second.body);
  const hash = entryHash(second.previousHash, forged);
  await bot.database.decisionEntry.update({ where: { id }, data: { body: forged, hash } });
  expect(await verify()).toContain('Entry 2: counting its ballots again gives another result');
  expect(await verify()).toContain('does not follow');

  await bot.database.decisionEntry.update({ where: { id }, data: { body: second.body, hash: second.hash } });
  await bot.database.decisionEntry.update({ where: { id: first.id }, data: { position: 99 } });
  expect(await verify()).toContain('Entry 1 is missing');
  await bot.database.decisionEntry.update({ where: { id: first.id }, data: { position: 1 } });
  expect(await verify()).toContain('as it was written');
});

test('the same content is always the same text', () => {
  expect(canonical({ b: [1, { d: 2, c: undefined }], a: 'x' })).toBe('{"a":"x","b":[1,{"d":2}]}');
});

test('a correction is added and supersedes; what it corrects stays', async () => {
  await person('Ana').says('/decide show 1');
  await person('Ana').presses('Correct the record');
  expect((await person('Ana').fills({ text: 'The van was meant to have nine seats.' })).text).toContain(
    'entry 3',
  );
  const [, closed, correction] = await entries();
  expect(JSON.parse(correction?.body ?? '{}')).toMatchObject({ supersedes: closed?.position });
  expect((await person('Finn').says('/decide show 1')).text).toContain('nine seats');
  expect((await person('Finn').says('/decide show 1')).text).not.toContain('[Correct the record]');
  expect(await verify()).toContain('as it was written');
});

test('the record is searched from chat', async () => {
  expect((await person('Finn').says('/decide list shuttle')).text).toContain(
    'Decision 1: Which shuttle?: Chosen: Van.',
  );
  expect((await person('Finn').says('/decide list %')).text).toContain('No decision has these words');
  expect((await person('Finn').says('/decide show 77')).refused).toBe('decisions.unknown');
});

/** The sentences that `/decide how` has, one for each rule in use. */
async function rulesInUse(): Promise<string[]> {
  const { card } = await person('Ben').says('/decide how');
  const parts = card?.parts.flatMap((part) => (part.part === 'list' ? [part] : [])) ?? [];
  return parts.flatMap((part) => cardText({ parts: [part] }, winnipeg).split('\n'));
}

test('whoever asks how decisions are made is told every rule in use', async () => {
  const rules = await rulesInUse();
  expect(rules).toHaveLength(charterRuleNames.length);
  expect(rules.join()).toContain('Consent: passes unless somebody objects, with a reason');
  expect(rules.join()).toContain('Dot vote: a handful of dots to spread');
});

test('the charter changes when a decision says so, and not before', async () => {
  expect((await person('Ben').says('/decide new')).refused).toBe('decisions.may-not-open');
  expect((await person('Ben').says('/decide how')).text).toContain('Backbone staff may ask for a decision');

  await person('Ana').says('/decide charter');
  const wrong = await person('Ana').fills({ rules: 'consent, coin', rule: 'majority' });
  expect(wrong.text).toContain('“coin” is none of the rules');
  await person('Ana').presses('Open it again');
  const preview = await person('Ana').fills({ opener: 'voices', rules: 'consent, share', rule: 'majority' });
  expect(preview.text).toContain('If this passes, whoever speaks for a partner, and staff, may ask');
  await person('Ana').presses('Open it', preview);
  await bot.settle();
  const card = bot.channel('general').at(-1);
  for (const name of ['Ben', 'Cleo', 'Dan']) await person(name).presses('Yes', card);
  expect((await person('Ben').says('/decide new')).refused).toBe('decisions.may-not-open');
  expect(await rulesInUse()).toHaveLength(charterRuleNames.length);
  await forward(15 * dayMs);

  expect((await person('Ben').says('/decide how')).text).toContain('Decided by the coalition: decision 2');
  expect(await rulesInUse()).toEqual([
    expect.stringContaining('Consent: passes unless somebody objects'),
    expect.stringContaining('Majority: more than, or at least, a stated share'),
  ]);
  expect((await person('Ben').says('/decide new')).form?.title).toBe('Ask for a decision');
  expect((await person('Ben').fills({ question: 'Dots?', options: 'a\nb', rule: 'dots' })).refused).toBe(
    'decisions.rule-not-in-charter',
  );
  expect((await entries()).at(-1)?.kind).toBe('charter');
  expect(await verify()).toContain('as it was written');
});

test('on its review date a question comes back as a draft, once', async () => {
  const adjust = { Time: { until: '2 days', review: '90' } };
  const card = await asks(bot, person('Ana'), { question: 'Keep the hotline?', rule: 'consent', adjust });
  for (const name of ['Ben', 'Cleo', 'Dan']) await person(name).presses('Consent', card);
  await forward(4 * dayMs);
  expect((await person('Ana').says('/decide drafts')).text).toContain('No draft');
  await forward(91 * dayMs);
  const task = await bot.database.staffTask.findFirstOrThrow({ where: { kind: 'decisions.review' } });
  expect(JSON.stringify(task.text)).toContain('Keep the hotline?');
  expect((await person('Ana').says('/decide drafts')).text).toContain('Keep the hotline?');
  const preview = await person('Ana').presses('Keep the hotline?');
  await person('Ana').presses('Open it', preview);
  await bot.settle();
  expect((await bot.database.staffTask.findFirstOrThrow({ where: { id: task.id } })).doneAt).not.toBeNull();
  expect((await person('Ben').says('/decide mine')).text).toContain('Keep the hotline?');
});

test('open decisions and those made stand in the digest', async () => {
  const { openDecisions, madeDecisions } = await import('../../../src/features/decisions/sections.ts');
  const coalition = await bot.database.coalition.findFirstOrThrow();
  const scope = {
    coalition: coalition as never,
    since: new Date(0),
    until: bot.clockHand.now(),
    occurrence: 'x',
    reader: winnipeg,
    tools: bot.tools,
  };
  expect((await openDecisions.collect(scope)).map(({ label }) => label)).toEqual([
    'Decision 4: Keep the hotline?',
  ]);
  const made = await madeDecisions.collect(scope);
  expect(made.map(({ label }) => label)).toContain('Decision 1: Which shuttle?');
  expect(cardText({ parts: made[0]?.parts ?? [] }, winnipeg)).toContain('Chosen: Van.');
});

test('weights are capped as stated, and counted', async () => {
  const adjust = {
    'Who decides': { voices: 'organisations', weights: 'Clinic: 100\nSchool: 2', cap: '50%' },
    Time: { until: '2 days' },
  };
  const card = await asks(bot, person('Ana'), { question: 'Weighted?', rule: 'majority', adjust });
  expect(cardText(card.card, winnipeg)).toContain('none more than 50% of the whole');
  // 100 + 2 + 1 + 1 + 1 stated: half of 105 is 52 and a half, so 52.
  await person('Ben').presses('Yes', card);
  for (const name of ['Cleo', 'Dan', 'Eva']) await person(name).presses('No', card);
  await forward(4 * dayMs);
  const last = bot.channel('general').at(-1);
  expect(last && cardText(last.card, winnipeg)).toContain('Yes: 52/55');
  expect(await verify()).toContain('as it was written');
});

test('who asks to be forgotten leaves no word and no name, and the record still checks out', async () => {
  const adjust = { 'Who decides': { voices: 'people' }, Time: { until: '2 days' } };
  const card = await asks(bot, person('Ana'), { question: 'By people?', rule: 'consent', adjust });
  for (const name of ['Ben', 'Bea', 'Bo', 'Cleo', 'Dan', 'Eva']) await person(name).presses('Consent', card);
  await person('Finn').presses('Object', card);
  await person('Finn').fills({ reason: 'A very personal reason' });
  await forward(4 * dayMs);
  const { decisions } = await import('../../../src/features/decisions/feature.ts');
  const memberId = here.memberId('Finn');
  const stored = await decisions.adds.stored?.({
    coalition: { id: here.id } as never,
    member: { id: memberId } as never,
    tools: bot.tools,
  });
  expect(JSON.stringify(stored)).toContain('A very personal reason');
  await bot.tools.write(async (writing) => {
    await decisions.adds.forget?.({ coalitionId: here.id, memberId, writing });
  });
  const [left] = await bot.database.$queryRaw<{ left: bigint }[]>`
    select (select count(*) from "DecisionReason" where "text" like '%very personal%')
      + (select count(*) from "DecisionBallot" where "reason" like '%very personal%')
      + (select count(*) from "DecisionEntry" where "body" like '%very personal%' or "body" like '%Finn%')
      + (select count(*) from "DecisionVoice" where "name" = 'Finn') as "left"`;
  expect(left?.left).toBe(0n);
  expect(await verify()).toContain('as it was written');
});
