import { test } from 'vitest';
import { meetings } from '../../../src/features/meetings/feature.ts';
import { longestItem } from '../../../src/features/meetings/meeting/items/store.ts';
import { longestPlace, longestTitle, longestWhy } from '../../../src/features/meetings/proposing/rules.ts';
import { linkingIn } from '../../support/linking.ts';
import { does, type LongestStage, playLongest } from '../../support/longest-coalition.ts';
import { letters, longName, partnerName } from '../../support/longest-letters.ts';
import { answers, labelsOf, prepares, proposes } from '../meetings/meeting-up.ts';

const said = (length: number) => letters(length);
const long = { about: said(longestTitle), why: said(longestWhy), where: said(longestPlace) };
const closing = { deadline: '3 days', closing: 'rule', objections: '7', reminders: '1 day' };
const days = [3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 17, 18];
const manyTimes = days.map((day) => `2026-03-${String(day).padStart(2, '0')} 15:00`).join('\n');

/** One meeting from the proposal to the pack of whoever missed it. */
async function holdOne({ bot, coalition, staff, voices }: LongestStage): Promise<void> {
  const [one, two] = voices.map((each) => each.name);
  await staff.says('/rosters new note-taker');
  await coalition.person('Voice 3').says('/rosters join note-taker');
  const times = '2026-02-24 15:00\n2026-02-26 10:00';
  const card = await proposes(bot, staff, { ...long, times, adjust: { 'How it closes': closing } });
  for (const who of [one, two, 'Voice 3']) await answers(coalition.person(who ?? ''), card, ['Yes']);
  await bot.settle();
  await staff.says('/meet move meeting:1 when:"2026-02-24 16:00"');
  await bot.settle();
  bot.clockHand.goTo('2026-02-24T19:00:30Z');
  await bot.settle();
  const roll = bot.channel('general').find((each) => labelsOf(each).includes('We are here'));
  for (const voice of voices) await does(voice, 'We are here', roll);
  await staff.says('/meet roll meeting:1');
  const notes = await staff.says('/meet note meeting:1');
  await does(staff, 'Write something down', notes, { kind: 'note', text: said(longestItem - 100) });
  const who = partnerName(4);
  const decided = { text: longName('D', longestItem - 100), who: '', due: '' };
  const texts = { text: said(longestItem - 100), who, due: '2026-03-20' };
  await does(staff, 'Write something down', roll, { ...texts, kind: 'action' });
  await does(staff, 'Write something down', roll, { ...decided, kind: 'decision' });
  const summary = await staff.says('/meet finish meeting:1');
  await does(staff, 'Send it, and let everybody decide', summary);
  await bot.settle();
  const [fourth, fifth] = ['Voice 4', 'Voice 5'].map((each) => coalition.person(each));
  if (!fourth || !fifth) return;
  await does(fourth, 'meet.pack', await fourth.says('/coalition me'));
  await does(fourth, 'Caught up', fourth.inbox().at(-1));
  await does(fifth, 'We object', fifth.inbox().at(-1), { why: said(300) });
}

/** One that has many times, whose zone was wrong, and which is called off. */
async function callOff({ bot, staff, voices: [voice = staff] }: LongestStage): Promise<void> {
  const draft = await prepares(staff, { ...long, times: manyTimes });
  await does(staff, 'Throw away', draft);
  const card = await proposes(bot, staff, { ...long, times: manyTimes });
  const waiting = await voice.says('/coalition me');
  const number = /Open meeting (\d+)/.exec(waiting.text)?.[1];
  await does(voice, 'meet.show', waiting);
  const own = await does(voice, 'Answer', card);
  await does(voice, 'More times', own);
  await does(voice, 'meet.rest', own);
  await does(voice, 'Answer many at once', own, { answers: '1 yes, 2 no' });
  await staff.says(`/meet deadline meeting:${number} until:"2026-03-02 20:00"`);
  await staff.says(`/meet zone meeting:${number} zone:UTC`);
  await bot.settle();
  await does(voice, 'Still right', await does(voice, 'Answer', card));
  await staff.says(`/meet choose meeting:${number}`);
  await staff.says(`/meet cancel meeting:${number} why:${said(200)}`);
  await bot.settle();
}

async function repeat({ bot, coalition, staff }: LongestStage): Promise<void> {
  await staff.says('/meet repeat', { in: 'general' });
  const first = '2026-03-10 15:00 to 16:30';
  const { about, where } = long;
  const back = await staff.fills({ about, repeats: 'every 2 weeks', first, where, holidays: 'skip' });
  await does(staff, 'Start it', back);
  await bot.settle();
  const next = bot.channel('general').findLast((each) => labelsOf(each).includes('We cannot'));
  for (const n of [1, 2, 3, 4]) await does(coalition.person(`Voice ${n}`), 'We cannot', next);
  await bot.settle();
  const risk = staff.inbox().findLast((each) => labelsOf(each).includes('Ask for another time'));
  await does(staff, 'Ask for another time', risk);
  await bot.settle();
  await staff.says('/meet skip series:1 date:2026-03-24');
  await staff.says(`/meet stop series:1 why:${said(200)}`);
  await bot.settle();
  // One that goes on: its next meeting is planned when that is near.
  await staff.says('/meet repeat', { in: 'general' });
  const weekly = { about, repeats: 'every week', first: '2026-03-11 18:00 to 19:30', where };
  await does(staff, 'Start it', await staff.fills({ ...weekly, holidays: 'skip' }));
  await bot.settle();
}

test('whatever there is to do about meetings with the longest words is drawn on every platform', async () => {
  await playLongest(
    {
      features: [meetings],
      at: '2026-02-16T15:00:00Z',
      last: ['meet deadline', 'meet zone', 'meet move', 'meet cancel'],
    },
    async (stage) => {
      const { bot, crawl, commands, staff } = stage;
      // A Discord server has events of its own.
      await linkingIn(bot).linkDiscord(staff);
      await holdOne(stage);
      await callOff(stage);
      await repeat(stage);
      bot.clockHand.goTo('2026-03-02T15:00:00Z');
      await bot.settle();
      await crawl.sayAll(commands);
      for (let day = 0; day < 6; day += 1) await crawl.wait(24);
      await crawl.sayAll(commands);
      // A time that not enough can make is chosen all the same.
      await crawl.doTheDangerous();
      // The meetings begin on Tuesday at 18:00 UTC.
      for (const hours of [24, 24, 3.2]) await crawl.wait(hours);
      await crawl.sayAll(commands);
      for (const hours of [2, 24, 24, 48]) await crawl.wait(hours);
    },
  );
}, 300_000);
