import { afterAll, beforeAll, expect, test } from 'vitest';
import { features } from '../../../src/features/all.ts';
import { openTestConsole, type TestConsole } from '../../support/console.ts';
import { formIn, messageIn, scriptAs } from '../../support/console-script.ts';

let demo: TestConsole;
let real: TestConsole;
beforeAll(async () => {
  [demo, real] = await Promise.all([
    openTestConsole({ features }),
    openTestConsole({ features, demo: false, at: '2026-03-02T15:00:00Z' }),
  ]);
});
afterAll(async () => {
  await demo?.end();
  await real?.end();
});

test('a channel that the console does not have is no place to post to', async () => {
  const mara = scriptAs(demo, 'mara-quill');
  const line = '/digest schedule weekday:monday time:09:00 channel:';
  const form = formIn(await mara.says(`${line}#nowhere`));
  const problem = expect.stringContaining('I can’t find the channel nowhere');
  expect(form.fields.find(({ name }) => name === 'channel')).toMatchObject({ value: 'nowhere', problem });
  expect(await mara.fills(form, {})).toMatchObject({ result: 'problems', problems: { channel: problem } });
  expect(messageIn(await mara.says(`${line}#introductions`)).text).toContain('scheduled');
  const { places } = (await (await mara.get('/api/places?as=mara-quill')).json()) as { places: object[] };
  expect(places).toHaveLength(4);
});

test('without the demo, somebody comes in and sets a coalition up', async () => {
  const added = await scriptAs(real, '').post('/api/people', { name: 'Ana', timeZone: 'Europe/Paris' });
  expect(added.status).toBe(201);
  const ana = scriptAs(real, 'ana');
  const form = formIn(await ana.says('/coalition setup'));
  expect(form.fields.find(({ name }) => name === 'zone')?.value).toBe('Europe/Paris');
  expect(messageIn(await ana.fills(form, { name: 'Real one' })).text).toContain('Real one is set up');
  const home = await (await ana.get('/api/home?as=ana')).json();
  expect(home).toMatchObject({ coalition: 'Real one', demo: false, people: [{ standing: 'backbone' }] });
  expect((await ana.says('/digest schedule weekday:monday time:09:00 channel:#announcements')).result).toBe(
    'message',
  );
});
