import { afterAll, beforeAll, expect, test } from 'vitest';
import { decisions } from '../../../src/features/decisions/feature.ts';
import { openTestConsole, type TestConsole } from '../../support/console.ts';
import { formIn, messageIn, scriptAs } from '../../support/console-script.ts';

let console: TestConsole;
beforeAll(async () => {
  console = await openTestConsole({ features: [decisions] });
});
afterAll(() => console.end());

test('the console keeps neither the receipt of an anonymous ballot nor what was chosen', async () => {
  const { database } = console.bot;
  const staff = await database.account.findFirstOrThrow({ where: { member: { standing: 'backbone' } } });
  const speaker = await database.account.findFirstOrThrow({
    where: { member: { standing: 'representative', leftAt: null } },
  });
  const mara = scriptAs(console, staff.ref);
  const asked = formIn(await mara.says('/decide new'));
  const values = {
    question: 'Secretly?',
    rule: 'plurality',
    options: 'Periwinkle\nMarigold',
    until: '7 days',
  };
  const preview = messageIn(await mara.fills(asked, values));
  const view = formIn(await mara.presses('Who sees what', preview));
  const changed = messageIn(await mara.fills(view, { anonymous: 'yes', reasons: 'optional' }));
  messageIn(await mara.presses('Open it', changed));

  const priya = scriptAs(console, speaker.ref);
  const until = Date.now() + 10_000;
  let card = (await priya.reads()).messages.find((each) => each.text.includes('Answer anonymously'));
  while (!card && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    card = (await priya.reads()).messages.find((each) => each.text.includes('Answer anonymously'));
  }
  if (!card) throw new Error('The card never arrived');
  const form = formIn(await priya.presses('Answer anonymously', card));
  const answer = form.fields.find((field) => field.name === 'answer');
  expect(JSON.stringify(answer)).toContain('Periwinkle');
  const told = messageIn(await priya.fills(form, { answer: '0', reason: 'It is blue.' }));
  expect(told.text).toContain('Your receipt code is');
  const code = /code is (\S{19})\./.exec(told.text)?.[1] ?? '';
  expect(code).toMatch(/^(\w{4}-){3}\w{4}$/);

  const { messages } = await priya.reads();
  expect(messages.at(-1)?.text).toContain('shown once');
  const kept = JSON.stringify(await database.consoleMessage.findMany(), (_, value) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  expect(kept).toContain('Periwinkle');
  expect(kept).not.toContain(code);
  expect(kept).not.toContain('It is blue.');
  const own = messages.filter((each) => each.private).map((each) => each.text + JSON.stringify(each.about));
  expect(own.join()).not.toContain('Periwinkle');
});
