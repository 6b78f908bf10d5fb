import { afterAll, beforeEach, expect, test } from 'vitest';
import type { Writing } from '../../../src/core/ports.ts';
import { dropBallot } from '../../../src/features/decisions/anonymous/store.ts';
import type { DecisionId } from '../../../src/features/decisions/decision/store.ts';
import { castAtOnce, findBooth, recordVote } from '../../../src/features/decisions/voting/casting/store.ts';
import { mergeMembers } from '../../../src/features/directory/linking/accounts/store.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import { becomeOne, whereNamed } from '../../support/linking.ts';
import type { Posted } from '../../support/messenger.ts';
import { someoneWaits } from '../../support/someone-waits.ts';
import { until } from '../../support/until.ts';
import { asks, cardText, winnipeg } from './asking.ts';

let bot: TestBot;
let here: TestCoalition;
beforeEach(async () => {
  await bot?.end();
  bot = await openTestBot();
  const partners = [
    { name: 'Clinic', sector: 'Health', voices: ['Ben', 'Benny'] },
    { name: 'Library', sector: 'Learning', voices: ['Lee'] },
  ];
  here = await makeCoalition(bot, { staff: ['Ana'], partners });
});
afterAll(() => bot.end());

const person = (name: string) => here.person(name);
const people = { 'Who decides': { voices: 'people' } };
const secretly = {
  ...people,
  'Who sees what': { anonymous: 'yes', visibility: 'open', reasons: 'optional', fewest: '3' },
};

async function answersSecretly(name: string, card: Posted, answer: string) {
  await person(name).presses('Answer anonymously', card);
  return person(name).fills({ answer });
}

const tally = () => bot.database.decisionTally.findFirstOrThrow();
/** With the transaction that wrote it last. */
const urnRow = () => bot.database.$queryRaw<unknown[]>`select xmin::text, u.* from "DecisionUrn" u`;
async function voiceOf(name: string) {
  const where = { memberId: here.memberId(name) };
  return bot.database.decisionVoice.findFirstOrThrow({ where, include: { ballot: true } });
}

test('what was asked, answered and to be decided with another account is theirs', async () => {
  const decider = { 'Who decides': { decider: 'Benny' } };
  const card = await asks(bot, person('Ana'), { rule: 'advice', adjust: decider });
  await person('Benny').presses('For it', card);
  await bot.database.decision.updateMany({ data: { openedById: here.memberId('Benny') } });
  const { id } = await bot.database.decision.findFirstOrThrow();
  const ofIt = { coalitionId: here.id, decisionId: id, salt: 's', digest: 'd', text: 'Because' };
  await bot.database.decisionReason.create({ data: { ...ofIt, memberId: here.memberId('Benny') } });
  const named = await whereNamed(bot, 'Decision', here.memberId('Benny'));
  expect(named).toEqual([
    'Decision.openedById',
    'Decision.terms',
    'DecisionBallot.castById',
    'DecisionEntry.body',
    'DecisionReason.memberId',
  ]);
  const { from, into } = await becomeOne(bot, here, { from: 'Benny', into: 'Ben' });
  // The record is hashed as it was written, and is never changed.
  const record = ['DecisionEntry.body'];
  expect(await whereNamed(bot, 'Decision', from)).toEqual(record);
  expect(await whereNamed(bot, 'Decision', into)).toEqual(named.filter((each) => !record.includes(each)));
});

test('one person counts once: their own answer stands, and the card says so', async () => {
  const card = await asks(bot, person('Ana'), { rule: 'majority', adjust: people });
  await person('Ben').presses('Yes', card);
  await person('Benny').presses('No', card);
  expect((await tally()).answered).toBe(2);
  await becomeOne(bot, here, { from: 'Benny', into: 'Ben' });
  await bot.settle();
  const after = await tally();
  expect([after.answered, after.sectorAnswered.reduce((a, b) => a + b, 0)]).toEqual([1, 1]);
  expect(after.counts.map(Number).reduce((a, b) => a + b, 0)).toBe(1);
  expect((await voiceOf('Ben')).ballot?.mark).toEqual({ mark: 'position', position: 'yes' });
  const shown = bot.channel('general').at(-1);
  expect(shown && cardText(shown.card, winnipeg)).toContain('Answered: 1/4');
});

test('who answered with the other account only has answered, and can still change it', async () => {
  const card = await asks(bot, person('Ana'), { rule: 'majority', adjust: people });
  await person('Benny').presses('No', card);
  await becomeOne(bot, here, { from: 'Benny', into: 'Ben' });
  const before = await voiceOf('Ben');
  expect(before.ballot?.mark).toEqual({ mark: 'position', position: 'no' });
  await person('Ben').presses('Yes', card);
  expect((await tally()).answered).toBe(1);
  expect((await voiceOf('Ben')).id).toBe(before.id);
});

test('who has a voice through the other account only keeps it', async () => {
  const card = await asks(bot, person('Ana'), { rule: 'majority', adjust: people });
  await bot.database.decisionVoice.deleteMany({ where: { memberId: here.memberId('Ben') } });
  await becomeOne(bot, here, { from: 'Benny', into: 'Ben' });
  expect((await person('Ben').presses('Yes', card)).refused).toBeNull();
  expect((await voiceOf('Ben')).name).toBe('Benny');
});

test('that somebody has answered anonymously moves, and what anybody answered is not touched', async () => {
  const card = await asks(bot, person('Ana'), { rule: 'majority', adjust: secretly });
  await answersSecretly('Benny', card, 'yes');
  await answersSecretly('Lee', card, 'no');
  const before = [await urnRow(), await tally()];
  expect((await voiceOf('Ben')).answered).toBe(false);
  await becomeOne(bot, here, { from: 'Benny', into: 'Ben' });
  expect([await urnRow(), await tally()]).toEqual(before);
  expect((await voiceOf('Ben')).answered).toBe(true);
  // Without a receipt code there is no second answer.
  await answersSecretly('Ben', card, 'no');
  expect((await tally()).answered).toBe(2);
});

test('of an anonymous decision that both have answered nothing is taken back, as nobody knows what', async () => {
  const card = await asks(bot, person('Ana'), { rule: 'majority', adjust: secretly });
  await answersSecretly('Benny', card, 'yes');
  await answersSecretly('Ben', card, 'no');
  const before = [await urnRow(), await tally()];
  await becomeOne(bot, here, { from: 'Benny', into: 'Ben' });
  expect([await urnRow(), await tally()]).toEqual(before);
});

test('an answer on its way while two members become one counts before that, or is asked for again after it', async () => {
  const card = await asks(bot, person('Ana'), { rule: 'majority', adjust: people });
  const { id } = await bot.database.decision.findFirstOrThrow();
  const decisionId = id as DecisionId;
  const speaker = { partnerId: null, memberId: here.memberId('Benny') };
  // What the answer was decided by, read before the two became one.
  const booth = await findBooth(bot.database, here.id, decisionId, speaker);
  if (!booth?.voice) throw new Error('Benny has no voice');
  const { decision, voice, ballot } = booth;
  const yes = { mark: { mark: 'position', position: 'yes' }, reason: '' } as const;
  const vote = { ...yes, by: speaker.memberId, primary: true, spoken: false };
  await becomeOne(bot, here, { from: 'Benny', into: 'Ben' });

  const scope = { now: bot.clockHand.now(), view: 'decisions.card', redraw: true };
  const late = await castAtOnce(bot.database, { decision, voice, ballot }, vote, scope);
  expect(late?.voted).toEqual({ voted: 'moved' });
  const again = await bot.tools.write((writing) => recordVote(writing, decision, voice, vote));
  expect(again).toEqual({ voted: 'moved' });
  expect((await tally()).answered).toBe(0);
  expect(await bot.database.decisionBallot.count()).toBe(0);

  // Whoever they are now answers, once.
  expect((await person('Ben').presses('Yes', card)).text).toContain('says: Yes');
  expect((await tally()).answered).toBe(1);
});

/** What somebody's anonymous answer is decided by as they send it; `drops` puts it in, whatever has happened since. */
async function startsAnonymousAnswer(name: string, voiceOfPartner: string | null = null) {
  const { id } = await bot.database.decision.findFirstOrThrow();
  const by = here.memberId(name);
  const speaker = { partnerId: voiceOfPartner && here.partnerId(voiceOfPartner), memberId: by };
  const booth = await findBooth(bot.database, here.id, id as DecisionId, speaker);
  if (!booth?.voice) throw new Error(`${name} has no voice`);
  const { decision, voice } = booth;
  const said = { mark: { mark: 'position', position: 'yes' }, reason: '', by } as const;
  return { drops: (writing: Writing) => dropBallot(writing, decision, voice, said) };
}

/** The urn without the transaction that wrote it last, the tally, and who has answered. */
const whatCounts = async () => [
  await bot.database.decisionUrn.findFirstOrThrow(),
  await tally(),
  await bot.database.decisionVoice.findMany({ where: { answered: true } }),
];

test('an anonymous answer that comes after two members became one is asked for again, and leaves nothing', async () => {
  const card = await asks(bot, person('Ana'), { rule: 'majority', adjust: secretly });
  const before = await whatCounts();
  const { drops } = await startsAnonymousAnswer('Benny');
  let dropping: Promise<unknown> = Promise.resolve();
  await bot.tools.write(async (writing) => {
    const ids = { from: here.memberId('Benny'), into: here.memberId('Ben') };
    await mergeMembers(writing, here.id, ids, bot.tools);
    // It meets the two becoming one, and waits for that.
    dropping = bot.tools.write(drops);
    await until('the answer waits', () => someoneWaits(bot.database));
  });
  expect(await dropping).toEqual({ dropped: 'moved' });
  expect(await bot.tools.write(drops)).toEqual({ dropped: 'moved' });
  expect(await whatCounts()).toEqual(before);

  // Whoever they are now answers, once.
  expect((await answersSecretly('Ben', card, 'no')).text).toContain('Your ballot is in');
  expect((await answersSecretly('Ben', card, 'no')).refused).toBe('decisions.answered');
  expect((await tally()).answered).toBe(1);
});

test('an anonymous answer that comes before two members become one counts, and they have answered', async () => {
  const card = await asks(bot, person('Ana'), { rule: 'majority', adjust: secretly });
  const [{ drops }, late] = [await startsAnonymousAnswer('Benny'), await startsAnonymousAnswer('Ben')];
  let merging: Promise<unknown> = Promise.resolve();
  await bot.tools.write(async (writing) => {
    expect(await drops(writing)).toMatchObject({ dropped: 'counted', answered: 1 });
    merging = becomeOne(bot, here, { from: 'Benny', into: 'Ben' });
    await until('the two wait for the answer', () => someoneWaits(bot.database));
  });
  await merging;
  expect((await voiceOf('Ben')).answered).toBe(true);
  const after = await whatCounts();
  // Their own voice is not theirs any more: the one that has answered is.
  expect(await bot.tools.write(late.drops)).toEqual({ dropped: 'moved' });
  expect((await answersSecretly('Ben', card, 'no')).refused).toBe('decisions.answered');
  expect(await whatCounts()).toEqual(after);
});

test('an anonymous answer for an organisation by somebody who has become another is asked for again', async () => {
  const { 'Who sees what': visibility } = secretly;
  const card = await asks(bot, person('Ana'), {
    rule: 'majority',
    adjust: { 'Who sees what': visibility },
  });
  const before = await whatCounts();
  const { drops } = await startsAnonymousAnswer('Benny', 'Clinic');
  await becomeOne(bot, here, { from: 'Benny', into: 'Ben' });
  expect(await bot.tools.write(drops)).toEqual({ dropped: 'moved' });
  expect(await whatCounts()).toEqual(before);
  expect((await answersSecretly('Ben', card, 'yes')).text).toContain('Your ballot is in');
});

test('many answers while two members become one leave a tally that holds', async () => {
  const card = await asks(bot, person('Ana'), { rule: 'majority', adjust: people });
  await Promise.all([
    ...['Yes', 'No', 'Yes'].map((answer) => person('Benny').presses(answer, card)),
    ...['No', 'Yes', 'No'].map((answer) => person('Ben').presses(answer, card)),
    becomeOne(bot, here, { from: 'Benny', into: 'Ben' }),
    person('Lee').presses('Yes', card),
  ]);
  const ballots = await bot.database.decisionBallot.findMany();
  const after = await tally();
  expect(after.answered).toBe(ballots.length);
  expect(after.counts.map(Number).reduce((a, b) => a + b, 0)).toBe(ballots.length);
  expect(ballots.filter(({ castById }) => castById === here.memberId('Benny'))).toEqual([]);
});
