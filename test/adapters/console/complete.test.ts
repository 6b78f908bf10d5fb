import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestConsole, type TestConsole } from '../../support/console.ts';
import { messageIn, scriptAs } from '../../support/console-script.ts';

let console: TestConsole;
let mara: ReturnType<typeof scriptAs>;
beforeAll(async () => {
  console = await openTestConsole();
  mara = scriptAs(console, 'mara-quill');
});
afterAll(() => console.end());

const lines = async (text: string) => (await mara.completes(text)).suggestions.map(({ line }) => line);

test('a slash shows the commands, and what follows narrows them down', async () => {
  expect(await lines('/')).toContain('/sample announce ');
  expect(await lines('/sample f')).toEqual(['/sample form']);
  expect(await lines('/announ'), 'by a word from the middle').toEqual(['/sample announce ']);
  expect(await lines('hello')).toEqual([]);
});

test('the first option’s values come without its name, and the command says what it takes', async () => {
  const { suggestions, command, option } = await mara.completes('/sample announce s');
  expect(option).toBe('title');
  expect(suggestions.map(({ line }) => line)).toContain('/sample announce title:Spring fair ');
  expect(command?.example).toContain('/sample announce title:');
  expect(command?.options.find(({ name }) => name === 'title')).toMatchObject({
    required: true,
    given: false,
  });
});

test('behind a value come the options that are still open', async () => {
  const after = await lines('/sample announce title:Spring fair ');
  expect(after).toContain('/sample announce title:Spring fair count:');
  expect(after).not.toContain('/sample announce title:Spring fair title:');
});

test('choices, yes and no, people and channels complete to what the command takes', async () => {
  const begun = '/sample announce title:Fair';
  expect(await lines(`${begun} colour:gr`)).toEqual([`${begun} colour:green `]);
  expect(await lines(`${begun} loud:`)).toEqual([`${begun} loud:yes `, `${begun} loud:no `]);
  expect(await lines(`${begun} where:intro`)).toEqual([`${begun} where:#introductions `]);
  const [who = ''] = await lines(`${begun} who:Priya`);
  expect(who).toBe(`${begun} who:@priya-raman `);
  expect(messageIn(await mara.says(who)).text).toContain('Priya Raman');
});

test('every suggested line can be completed further or sent', async () => {
  const walk = ['/sample announce s', '/sample announce title:Spring fair ', '/sample remind '];
  for (const from of walk) {
    const next = await lines(from);
    expect(next.length).toBeGreaterThan(0);
    for (const line of next) expect(line.startsWith('/sample ')).toBe(true);
  }
});
