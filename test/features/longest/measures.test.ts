import { test } from 'vitest';
import { measureLimits } from '../../../src/features/measures/definition/rules.ts';
import { measures } from '../../../src/features/measures/feature.ts';
import { does, type LongestStage, playLongest } from '../../support/longest-coalition.ts';
import { letters, longName, partnerName } from '../../support/longest-letters.ts';
import { buttonsOf, type Person } from '../../support/person.ts';
import { startMeasure } from '../measures/asking.ts';

const pages = 'turns the pages of a list that is longer than this coalition’s';
const elsewhere = 'done by nobody here; test/features/measures does it';
const except = {
  'button measures.board-all': pages,
  'button measures.list': pages,
  'button measures.mine': pages,
  'button measures.preview': pages,
  'job measures.open': elsewhere,
  'long work measures.export': elsewhere,
};

const uncalled = {
  'features/measures/asks/store.ts moveRequest': elsewhere,
  'features/measures/exports/store.ts findToken': 'read over HTTP; test/features/measures/exports.test.ts',
  'features/measures/exports/store.ts recordTokenUsed':
    'read over HTTP; test/features/measures/exports.test.ts',
  'features/measures/people/store.ts countGiven': elsewhere,
  'features/measures/publishing/store.ts recordTold': elsewhere,
};

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
  ] as const) {
    if (!person) continue;
    const opened = await does(person, 'measures.open', await person.says('/data'));
    await does(person, name, opened, values);
    await bot.settle();
  }
  await crawl.takes(one, await gives(one, 'Choice'));
  await does(staff, 'measures.answer-ask', await staff.says('/data asks'));
  const of = `measure:${named('Number')} partner:${partnerName(4)}`;
  await staff.says(`/data excuse ${of} why:${letters(200)}`);
  await staff.says(`/data reopen ${of}`);
  await staff.says('/data export');
  bot.clockHand.goTo('2026-03-02T15:00:00Z');
  await bot.settle();
}

test('whatever there is to do about measures with the longest words is drawn on every platform', async () => {
  await playLongest(
    {
      features: [measures],
      except,
      uncalled,
      at: '2026-02-16T15:00:00Z',
      last: ['data excuse', 'data reopen'],
      timesEach: 5,
    },
    async (stage) => {
      const { crawl, commands, staff } = stage;
      await give(stage);
      for (let time = 0; time < 4; time += 1) await crawl.says(staff, '/data measure');
      await crawl.sayAll(commands);
      for (let day = 0; day < 8; day += 1) await crawl.wait(36);
      await crawl.sayAll(commands);
      for (let day = 0; day < 4; day += 1) await crawl.wait(72);
    },
  );
}, 300_000);
