import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf, parseCode, putIn, urnKey } from '../../../src/features/decisions/anonymous/rules.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import type { TestCoalition } from '../../support/coalition.ts';
import { everyRow, type Row } from '../../support/every-row.ts';
import type { Posted } from '../../support/messenger.ts';
import type { Reply } from '../../support/person.ts';
import { asks, cardText, makeFive, winnipeg } from './asking.ts';

let bot: TestBot;
let here: TestCoalition;
beforeAll(async () => {
  bot = await openTestBot();
  here = await makeFive(bot);
});
afterAll(() => bot.end());

const person = (name: string) => here.person(name);
const secretly = {
  'Who sees what': { anonymous: 'yes', visibility: 'open', reasons: 'optional', fewest: '3' },
};
const asksSecretly = () => asks(bot, person('Ana'), { rule: 'majority', adjust: secretly });
const codeIn = (reply: Reply) => /code is (\S{19})\./.exec(reply.text)?.[1] ?? '';

async function answers(name: string, card: Posted, answer: string, more: Record<string, string> = {}) {
  await person(name).presses('Answer anonymously', card);
  return person(name).fills({ answer, ...more });
}

async function close(): Promise<string> {
  bot.clockHand.forward(12 * 86_400_000);
  await bot.settle();
  bot.clockHand.forward(12 * 86_400_000);
  await bot.settle();
  const last = bot.channel('general').at(-1);
  return last ? cardText(last.card, winnipeg) : '';
}

test('a code is read as people type it, and nothing else is', () => {
  const code = codeOf(new Uint8Array(16).map((_, index) => index * 7));
  expect(code).toMatch(/^(\w{4}-){3}\w{4}$/);
  expect(parseCode(code.toUpperCase().replaceAll('-', ' '))).toBe(code);
  expect(parseCode(code.replaceAll('0', 'O'))).toBe(code);
  expect(parseCode(code.slice(1))).toBeNull();
  expect(parseCode(`${code.slice(0, -1)}!`)).toBeNull();
});

test('an urn holds its ballots in the order of their hashes, whatever the order they came in', () => {
  const empty = { ballots: {}, reasons: {} };
  const put = (codes: readonly string[]) =>
    codes.reduce((urn, code) => putIn(urn, 'd', code, { mark: 'abstain' }, `why ${code}`), empty);
  const there = put(['a', 'b', 'c', 'd']);
  expect(JSON.stringify(put(['d', 'b', 'a', 'c']))).toBe(JSON.stringify(there));
  expect(Object.keys(there.ballots)).not.toEqual(Object.keys(there.reasons));
  expect(putIn(there, 'd', 'a', { mark: 'abstain' }, '').reasons[urnKey('reason', 'd', 'a')]).toBeUndefined();
});

test('nobody who reads every table, log line and metric can join an organisation to its ballot', async () => {
  const card = await asksSecretly();
  const said: [name: string, answer: string, reason: string][] = [
    ['Ben', 'yes', 'Because the waiting list is long'],
    ['Cleo', 'no', 'Because nobody asked the drivers'],
    ['Dan', 'abstain', ''],
    ['Eva', 'yes', 'Because of the winter'],
    ['Finn', 'no', ''],
  ];
  const codes: string[] = [];
  for (const [name, answer, reason] of said) {
    // A first try that cannot be taken must leave nothing behind either.
    const tooLong = await answers(name, card, answer, { reason: `${reason}${'!'.repeat(600)}` });
    expect(tooLong.refused).toBe('core.not-kept');
    const reply = await answers(name, card, answer, { reason });
    expect(reply.shownAside).toBe(true);
    codes.push(codeIn(reply));
    await bot.settle();
    expect(cardText(card.card, winnipeg)).not.toMatch(/(Yes|No): \d/);
  }
  expect(codes.every((code) => parseCode(code) === code)).toBe(true);
  expect(cardText(card.card, winnipeg)).toContain('Answered: 5/5');

  const { id } = await bot.database.decision.findFirstOrThrow({ where: { state: 'open' } });
  const voices = await bot.database.decisionVoice.findMany({ where: { decisionId: id } });
  const members = await bot.database.member.findMany();
  const accounts = await bot.database.account.findMany();
  const whoIsWho = [
    ...voices.flatMap(({ id: voiceId, partnerId, name }) => [voiceId, partnerId ?? '', name]),
    ...members.flatMap((member) => [member.id, member.name]),
    ...accounts.flatMap((account) => [account.id, account.ref]),
  ].filter(Boolean);
  const ballotKeys = codes.flatMap((code) => [
    urnKey('ballot', id, code),
    urnKey('reason', id, code),
    code,
    code.replaceAll('-', ''),
  ]);
  const reasons = said.map(([, , reason]) => reason).filter(Boolean);
  const ofBallots = [...ballotKeys, ...reasons];

  const rows = await everyRow(bot.database);
  const holds = (row: Row, any: readonly string[]) => any.some((each) => row.text.includes(each));
  const ballotRows = rows.filter((row) => holds(row, ofBallots));
  // All ballots stand in one row and nowhere else, so neither place, nor time, nor transaction tells them apart.
  expect(ballotRows.map(({ table }) => table)).toEqual(['DecisionUrn']);
  expect(ballotRows.filter((row) => holds(row, whoIsWho))).toEqual([]);
  expect(rows.filter((row) => holds(row, codes))).toEqual([]);
  expect(rows.filter(({ table }) => table === 'Draft')).toEqual([]);
  const urn = ballotRows[0];
  const written = rows.filter((row) => row.xmin === urn?.xmin && row !== urn && holds(row, whoIsWho));
  // What the urn's last transaction also wrote is at most one voice; the urn holds the ballots of all five.
  expect(new Set(written.map(({ table }) => table))).toEqual(new Set(['DecisionVoice']));
  expect(written.length).toBe(1);
  // A row that it locked and left as it was would name it as well.
  const locked = rows.filter((row) => row.xmax === urn?.xmin && holds(row, whoIsWho));
  expect(locked.filter(({ table }) => table !== 'DecisionVoice')).toEqual([]);
  expect(Object.keys(JSON.parse(urn?.text ?? '{}').ballots).length).toBe(5);

  const timed = await bot.database.$queryRaw<{ table_name: string }[]>`
    select table_name from information_schema.columns
    where table_name in ('DecisionUrn', 'DecisionVoice')
      and (data_type like 'timestamp%' or column_default like 'nextval%')`;
  expect(timed).toEqual([]);
  const tally = await bot.database.decisionTally.findFirstOrThrow({ where: { decisionId: id } });
  expect(tally.counts.every((each) => each === 0n)).toBe(true);
  expect(tally.abstained).toBe(0);

  const logged = JSON.stringify(bot.log.lines, (_, value) => (value instanceof Error ? value.stack : value));
  const metrics = await bot.queue.metrics();
  for (const each of [...ofBallots, ...voices.map((voice) => voice.id)]) {
    expect(logged).not.toContain(each);
    expect(metrics).not.toContain(each);
  }

  const outcome = await close();
  expect(outcome).toContain('Yes: 2/5');
  expect(outcome).toMatch(/Bar chart\..*5 of 5 answered\. Yes: 2/);
  for (const reason of reasons) expect(outcome).toContain(reason);
  expect(outcome).not.toMatch(/(Yes|No) · /);
  for (const { name } of voices) expect(outcome).not.toContain(name);

  // Afterwards the record holds them, in the order of their hashes, and the urn is gone.
  expect(await bot.database.decisionUrn.count()).toBe(0);
  const after = await everyRow(bot.database);
  const holding = after.filter((row) => holds(row, ofBallots)).map(({ table }) => table);
  expect(new Set(holding)).toEqual(new Set(['DecisionEntry', 'DecisionReason', 'Outgoing']));
  const entry = await bot.database.decisionEntry.findFirstOrThrow({
    where: { kind: 'closed', decisionId: id },
  });
  const recorded = (JSON.parse(entry.body).ballots as { of: string }[]).map((ballot) => ballot.of);
  expect(recorded).toEqual([...recorded].sort());
  const kept = await bot.database.decisionReason.findMany({ where: { decisionId: id } });
  expect(kept.every((each) => each.voiceId === null && each.memberId === null)).toBe(true);
  const code = codes[0] ?? '';
  await person('Ben').says('/decide receipt');
  expect((await person('Ben').fills({ number: '1', code })).text).toContain(
    'was counted and stands on the record. It says: Yes',
  );
  expect((await person('Ana').says('/decide verify')).text).toContain('as it was written');
});

test('a ballot is changed with its receipt code alone, and without it nobody answers twice', async () => {
  const card = await asksSecretly();
  const number = /Decision (\d+)/.exec(cardText(card.card, winnipeg))?.[1] ?? '';
  const first = await answers('Bea', card, 'yes');
  const code = codeIn(first);
  expect((await answers('Ben', card, 'no')).refused).toBe('decisions.answered');
  expect((await answers('Ben', card, 'no', { code: 'aaaa-bbbb-cccc-dddd' })).refused).toBe('decisions.code');
  expect((await answers('Ben', card, 'no', { code: code.toUpperCase() })).text).toContain('is changed');
  await person('Bob').says('/decide receipt');
  expect((await person('Bob').fills({ number, code })).text).toContain('is in. It says: No');
  expect((await answers('Cleo', card, 'maybe')).refused).toBe('decisions.mark');

  await Promise.all([answers('Cleo', card, 'no'), answers('Dan', card, 'no'), answers('Eva', card, 'yes')]);
  await bot.settle();
  expect(cardText(card.card, winnipeg)).toContain('Answered: 4/5');
  expect(await close()).toContain('No: 3/4');
  expect((await answers('Finn', card, 'yes').catch((error) => error)).message).toContain('No button');
});

test('with fewer ballots than stated no result is told, and the ballots are gone', async () => {
  const card = await asks(bot, person('Ana'), {
    rule: 'majority',
    adjust: { ...secretly, Quorum: { quorum: 'none', abstaining: 'yes', extension: '0', early: 'no' } },
  });
  const reply = await answers('Ben', card, 'yes', { reason: 'A telling reason' });
  await answers('Cleo', card, 'no');
  const outcome = await close();
  expect(outcome).toContain('No result is told: fewer than 3 ballots came in');
  expect(outcome).not.toContain('A telling reason');
  expect(outcome).not.toContain('Bar chart');
  const rows = await everyRow(bot.database);
  expect(rows.filter((row) => row.text.includes('A telling reason'))).toEqual([]);
  await person('Ben').says('/decide receipt');
  expect((await person('Ben').fills({ number: '3', code: codeIn(reply) })).refused).toBe('decisions.code');
});

test('what would break the promise cannot be opened: weights, and abstentions that count differently', async () => {
  await person('Ana').says('/decide new');
  let preview = await person('Ana').fills({ question: 'A secret?', rule: 'majority', until: '7 days' });
  await person('Ana').presses('Who sees what', preview);
  preview = await person('Ana').fills({ anonymous: 'yes', visibility: 'open', reasons: 'off' });
  expect(preview.text).toContain('nobody in the coalition, staff included, can see who answered what');
  await person('Ana').presses('Who decides', preview);
  preview = await person('Ana').fills({ voices: 'organisations', weights: 'Clinic: 3', cap: '50%' });
  expect(preview.text).toContain('A weight would show whose an anonymous ballot is');
  expect(preview.text).not.toContain('[Open it]');
  await person('Ana').presses('Who decides', preview);
  preview = await person('Ana').fills({ weights: '', cap: '' });
  await person('Ana').presses('Quorum', preview);
  preview = await person('Ana').fills({ abstaining: 'no' });
  expect(preview.text).toContain('abstaining must count for the quorum');
  await person('Ana').presses('Throw away', preview);
});

test('staff see who has not answered an anonymous decision, and cannot log an answer for anybody', async () => {
  const card = await asksSecretly();
  const number = /Decision (\d+)/.exec(cardText(card.card, winnipeg))?.[1];
  await answers('Ben', card, 'yes');
  expect((await person('Ana').says(`/decide show ${number}`)).text).toContain(
    'Not answered yet: Food Bank, Library, Mosque, School',
  );
  expect((await person('Ana').says(`/decide spoken ${number} Clinic Yes`)).refused).toBe('decisions.secret');
  const stored = await bot.database.decisionBallot.count();
  expect(stored).toBe(0);
});
