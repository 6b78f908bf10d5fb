import { afterAll, beforeEach, expect, test } from 'vitest';
import type { DecisionId } from '../../../src/features/decisions/decision/store.ts';
import { castAtOnce, findBooth, recordVote } from '../../../src/features/decisions/voting/casting/store.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import { becomeOne, whereNamed } from '../../support/linking.ts';
import type { Posted } from '../../support/messenger.ts';
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
