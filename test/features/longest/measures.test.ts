import { expect, test } from 'vitest';
import { previewLines } from '../../../src/features/measures/board/cards.ts';
import { measuresPerPage } from '../../../src/features/measures/definition/cards.ts';
import { measureLimits } from '../../../src/features/measures/definition/rules.ts';
import { mostAtAnswer } from '../../../src/features/measures/exports/jobs.ts';
import { measures, readByToken } from '../../../src/features/measures/feature.ts';
import { does, type LongestStage, playLongest, reader } from '../../support/longest-coalition.ts';
import { letters, longName, partnerName } from '../../support/longest-letters.ts';
import { buttonsOf, type Person } from '../../support/person.ts';
import { startMeasure } from '../measures/asking.ts';

const named = (begin: string) => longName(begin, measureLimits.name);
const unit = letters(measureLimits.unit);
const choices = ['A', 'B', 'C'].map((each) => longName(each, measureLimits.choice)).join(', ');
const who = [1, 2, 3, 4].map(partnerName).join(', ');
const figures = { direction: 'up', choices: '', breakdowns: '', range: '0 to 50', who };

/** Voices really give figures, words and choices, also by file; staff answer what they are asked for. */
async function give({ bot, coalition, staff, voices, crawl }: LongestStage): Promise<void> {
  const [one = staff, two = staff] = voices;
  const [third, fourth] = ['Voice 3', 'Voice 4'].map((each) => coalition.person(each));
  await startMeasure(staff, { name: named('Number'), unit, figures });
  const breakdowns = `${longName('G', 40)}: ${longName('a', 40)}, ${longName('b', 40)}`;
  await startMeasure(staff, { name: named('Parts'), unit, figures: { ...figures, range: '', breakdowns } });
  await startMeasure(staff, {
    name: named('Choice'),
    kind: 'choice',
    figures: { ...figures, range: '', choices },
  });
  await startMeasure(staff, { name: named('Text'), kind: 'text', figures: { ...figures, range: '' } });
  bot.clockHand.goTo('2026-02-23T14:00:00Z');
  await bot.settle();
  const gives = async (person: Person, name: string, values?: Record<string, string>) => {
    const asked = await person.says('/data');
    const all = asked.card ? buttonsOf(asked.card) : [];
    const button = all.find(({ label }) => label.startsWith(`Give ${name}`)) ?? all[0];
    const reply = await does(person, button?.label ?? name, asked, values);
    await bot.settle();
    return reply;
  };
  const doubted = await gives(one, 'Number', { figure: '900', note: letters(300) });
  const typed = await does(one, 'measures.again', doubted, { figure: '901', note: letters(300) });
  await does(one, 'measures.confirm', typed);
  await gives(one, 'Parts', { figure: '5', groups: '', note: letters(300) });
  await gives(one, 'Text', { words: letters(600), note: letters(300) });
  const sheet = (await two.says('/data sheet')).card?.parts.find((part) => part.part === 'file');
  if (sheet?.part === 'file') {
    const file = sheet.content.replace(/(Number[^,]*,[^,]*,[^,]*,,,)/, '$112');
    await two.says('/data import');
    const read = await two.fills({ file });
    await does(two, 'measures.confirm-file', read);
  }
  for (const [person, name, values] of [
    [third, 'measures.time', { days: '4', words: letters(200) }],
    [third, 'measures.link', { where: `https://example.org/${'a'.repeat(200)}` }],
    [fourth, 'measures.else', { who: '<@U-alternate-4>' }],
    [two, 'measures.else', { who: '<@U-member-2>' }],
  ] as const) {
    if (!person) continue;
    const opened = await does(person, 'measures.open', await person.says('/data'));
    await does(person, name, opened, values);
    await bot.settle();
    // What is asked next about the same request takes its place.
    if (name === 'measures.time') await does(staff, 'Give 4 days', await staff.says('/data asks'));
  }
  await crawl.takes(one, await gives(one, 'Choice'));
  await does(staff, 'measures.answer-ask', await staff.says('/data asks'));
  const of = `measure:${named('Number')} partner:${partnerName(4)}`;
  await staff.says(`/data excuse ${of} why:${letters(200)}`);
  await staff.says(`/data reopen ${of}`);
  await staff.says('/data export');
  const token = await staff.says(`/data token name:${letters(60)} scope:everything`);
  expect(await readByToken(bot.tools, /ctdata_[\w-]+/.exec(token.text)?.[0] ?? '')).not.toBeNull();
  // Whoever is asked lives by other clocks for a while, and so does the coalition.
  for (const zone of ['Europe/Paris', reader.timeZone]) {
    if (third) await does(third, 'My settings', await third.says('/coalition me'), { zone });
    await does(staff, 'Name, zone, language', await staff.says('/coalition settings'), { zone });
    await bot.settle();
  }
  bot.clockHand.goTo('2026-03-02T15:00:00Z');
  await bot.settle();
}

/** More measures, figures and partners than a page holds, and more requests than an answer exports. */
async function giveMany({ bot, coalition, staff, voices: [voice = staff] }: LongestStage): Promise<void> {
  const name = (n: number) => named(`Many${n}`);
  for (let n = 0; n <= measuresPerPage; n += 1) {
    const of = { ...figures, range: '', who: partnerName(1) };
    await startMeasure(staff, { name: name(n), unit, figures: of });
  }
  await startMeasure(staff, { name: named('Everybody'), unit, figures: { ...figures, range: '', who: '' } });
  const preview = await staff.says(`/data preview measure:${named('Everybody')}`);
  await does(staff, 'measures.preview', await does(staff, 'measures.preview', preview));
  bot.clockHand.goTo('2026-02-16T14:00:00Z');
  await bot.settle();
  const sheet = (await voice.says('/data sheet')).card?.parts.find((part) => part.part === 'file');
  if (sheet?.part !== 'file') throw new Error('There is nothing to fill in');
  await voice.says('/data import');
  const read = await voice.fills({ file: sheet.content.replace(/(Many[^,]*,[^,]*,[^,]*,,,)/g, '$112') });
  await does(voice, 'measures.confirm-file', read);
  await bot.settle();
  await does(voice, 'measures.mine', await does(voice, 'measures.mine', await voice.says('/data mine')));
  await does(staff, 'measures.list', await does(staff, 'measures.list', await staff.says('/data list')));
  const board = await does(staff, 'measures.board-all', await staff.says('/data board'));
  await does(staff, 'measures.board-all', board);

  const { id: measureId } = await bot.database.measure.findFirstOrThrow({ where: { name: name(0) } });
  const coalitionId = coalition.id;
  const at = new Date('2020-01-01T00:00:00Z');
  const period = { coalitionId, measureId, startsOn: '2020-01-01', endsOn: '2020-01-01', openedAt: at };
  const old = { coalitionId, measureId, partnerId: coalition.partnerId(partnerName(1)), timeZone: 'UTC' };
  const dates = { dueOn: '2020-01-01', noticeOn: '2020-01-01', dueAt: at, lateAt: at, lockAt: at };
  for (let n = 0; n <= mostAtAnswer; n += 1) {
    const { id: periodId } = await bot.database.measurePeriod.create({
      data: { ...period, key: `old-${n}` },
    });
    await bot.database.measureRequest.create({ data: { ...old, ...dates, periodId } });
  }
  await staff.says('/data export');
  await bot.settle();
  await bot.database.measurePeriod.deleteMany({ where: { coalitionId, openedAt: at } });
  for (let n = 0; n <= measuresPerPage; n += 1) {
    const made = await staff.says(`/data describe measure:${name(n)}`);
    await does(staff, 'measures.close', made);
  }
}

test('whatever there is to do about measures with the longest words is drawn on every platform', async () => {
  await playLongest(
    {
      features: [measures],
      partners: previewLines + 1,
      at: '2026-02-09T15:00:00Z',
      last: ['data excuse', 'data reopen'],
      timesEach: 5,
    },
    async (stage) => {
      const { bot, crawl, commands, staff } = stage;
      await giveMany(stage);
      bot.clockHand.goTo('2026-02-16T15:00:00Z');
      await bot.settle();
      await give(stage);
      for (let time = 0; time < 4; time += 1) await crawl.says(staff, '/data measure');
      await crawl.sayAll(commands);
      for (let day = 0; day < 8; day += 1) await crawl.wait(36);
      await crawl.sayAll(commands);
      for (let day = 0; day < 4; day += 1) await crawl.wait(72);
    },
  );
}, 300_000);
