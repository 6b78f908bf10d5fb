import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import type { Person } from '../../support/person.ts';
import { at, startMeasure } from './asking.ts';

let bot: TestBot;
let coalition: TestCoalition;
let ben: Person;

beforeAll(async () => {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z' });
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: [
      { name: 'Food Bank', voices: ['Ben'] },
      { name: 'Library', voices: ['Dee'] },
    ],
  });
  const ana = coalition.person('Ana');
  ben = coalition.person('Ben');
  await startMeasure(ana, {
    figures: { direction: 'up', breakdowns: 'Gender: girls, boys', range: '0 to 50', who: '' },
  });
  await startMeasure(ana, { name: 'Attendance', kind: 'percent', unit: '' });
  await at(bot, '2026-03-09T15:00:00Z');
});
afterAll(() => bot.end());

const sends = async (who: Person, file: string) => {
  await who.says('/data import');
  return who.fills({ file });
};

test('whoever gives much gets a sheet, fills it in and gives all at once', async () => {
  const given = await ben.says('/data sheet');
  const sheet = given.card?.parts.find((part) => part.part === 'file');
  if (sheet?.part !== 'file') throw new Error('No sheet');
  expect(sheet.content).toContain('measure,period,partner,breakdown,group,value,out of,answer,note');
  // Made second, and due at the same time: by name it comes first.
  expect(sheet.content.indexOf('Attendance')).toBeLessThan(sheet.content.indexOf('Children reached'));
  const filled = sheet.content
    .replace('Children reached,2026-W10,Food Bank,,,,,,', 'Children reached,2026-W10,Food Bank,,,61,,,many')
    .replace('girls,,,,', 'girls,30,,,')
    .replace('boys,,,,', 'boys,31,,,')
    .replace('Attendance,2026-W10,Food Bank,,,,,,', 'Attendance,2026-W10,Food Bank,,,45,60,,');
  const preview = await sends(ben, filled);
  expect(preview.text).toContain('2 figures to give');
  expect(preview.text).toContain('Children reached, 2026-W10, Food Bank: 61 children');
  expect(preview.text).toContain('outside the usual range');
  expect(await bot.database.measureSubmission.count()).toBe(0);
  const inbox = ben.inbox().length;
  expect((await ben.presses('Give all 2', preview)).text).toContain('2 figures are given');
  expect((await ben.presses('Give all 2', preview)).refused).toBe('measures.given-before');
  expect(await bot.database.measureSubmission.count({ where: { way: 'csv' } })).toBe(2);
  await at(bot, '2026-03-12T23:00:00Z');
  expect(ben.inbox()).toHaveLength(inbox);
});

test('rows that cannot be taken say why, by row, and nobody gives for another partner', async () => {
  const bad = [
    'measure;period;partner;value;out of',
    'Children reached;2026-W10;Library;5;',
    'Nothing known;2026-W10;;5;',
    'Children reached;2031-W01;;5;',
    'Children reached;2026-W10;;1.234;',
    'Attendance;2026-W10;;70;60',
  ].join('\n');
  const preview = await sends(ben, bad);
  expect(preview.text).toContain('Row 2: Children reached: This is for whoever answers for Library');
  expect(preview.text).toContain('Row 3: Nothing known: I know no measure called');
  expect(preview.text).toContain('Row 4: Children reached: It was not asked for “2031-W01”');
  expect(preview.text).toContain('“1.234” can mean two things');
  expect(preview.text).toContain('is more than all of them');
  expect(preview.card?.parts.some((part) => part.part === 'buttons')).toBe(false);
});

test('rows are numbered as a spreadsheet shows them, blank lines and long cells included', async () => {
  const file = [
    '',
    'measure,period,value,note',
    '',
    'Nothing known,2026-W10,5,"two',
    'lines"',
    ',,,',
    '',
    'Children reached,2031-W01,5,',
  ].join('\n');
  const preview = await sends(ben, file);
  expect(preview.text).toContain('Row 4: Nothing known: I know no measure called');
  expect(preview.text).toContain('Row 7: Children reached: It was not asked for “2031-W01”');
});

test('a file that is none is told so', async () => {
  expect((await sends(ben, 'just words')).refused).toBe('measures.unreadable');
  expect((await sends(ben, 'measure,value\n')).text).toContain('No figure stands in that file');
  const open = await sends(ben, 'measure,value\n"Children reached,5');
  expect(open.refused).toBe('measures.unreadable');
});
