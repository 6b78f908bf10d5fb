import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import type { Person } from '../../support/person.ts';
import { at, startMeasure } from './asking.ts';

let bot: TestBot;
let coalition: TestCoalition;
let ana: Person;
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
  ana = coalition.person('Ana');
  ben = coalition.person('Ben');
  await startMeasure(ana, { name: 'What changed', kind: 'text', unit: '' });
  await startMeasure(ana, {
    ...{ name: 'Waiting list', kind: 'choice', unit: '' },
    figures: { direction: 'neither', choices: 'none, short, long' },
  });
  await at(bot, '2026-03-09T15:00:00Z');
});
afterAll(() => bot.end());

const standing = (name: string) =>
  bot.database.measureSubmission.findFirstOrThrow({
    where: { current: true, request: { period: { measure: { name } } } },
  });

test('what is asked in words is answered in words, however they look', async () => {
  const form = await ben.presses('Give What changed, 2026-W10', ben.inbox()[0]);
  expect(form.form?.fields.map(({ name }) => name)).toEqual(['words', 'note']);
  const words = 'We opened on 1.234 evenings,\nand *everybody* came.';
  const thanked = await ben.fills({ words });
  // Words are no number: they are taken as they are, and nothing is read back.
  expect(thanked.text).toContain('We opened on 1.234 evenings');
  expect(thanked.text).not.toContain('can mean two things');
  expect(thanked.card?.parts.some(({ part }) => part === 'image')).toBe(false);
  expect((await standing('What changed')).given).toEqual({
    figure: { kind: 'text', text: words },
    groups: [],
  });
});

test('words are put right where they stand, and kept before', async () => {
  const form = await ben.presses('Put it right', await ben.says('/data mine'));
  expect(form.form?.fields.find(({ name }) => name === 'words')?.value).toContain('1.234 evenings');
  expect((await ben.fills({ words: 'Nothing much' })).text).toContain('is Nothing much now');
  const versions = await bot.database.measureSubmission.count({
    where: { request: { period: { measure: { name: 'What changed' } } } },
  });
  expect(versions).toBe(2);
});

test('one of a few answers is picked, and nothing else', async () => {
  const asked = await ben.says('/data');
  const choices = await ben.presses('Give the figure', asked);
  expect(choices.text).toContain('Waiting list');
  const thanked = await ben.picks('short', choices);
  expect(thanked.text).toContain('Waiting list for 2026-W10: short');
  expect((await standing('Waiting list')).given).toEqual({
    figure: { kind: 'choice', choice: 'short' },
    groups: [],
  });
});

test('a partner’s words are for staff, never for everybody', async () => {
  await at(bot, '2026-03-12T18:00:00Z');
  const published = await bot.database.measurePublication.findMany();
  expect(JSON.stringify(published)).not.toContain('Nothing much');
  const exported = await ana.says('/data export');
  const files = exported.card?.parts.flatMap((part) => (part.part === 'file' ? [part.content] : [])) ?? [];
  expect(files.join('')).toContain('Nothing much');
});
