import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Message } from '../../../adapters/console/web/wire.ts';
import { openTestConsole, type TestConsole } from '../../support/console.ts';
import { messageIn, scriptAs } from '../../support/console-script.ts';

let console: TestConsole;
beforeAll(async () => {
  console = await openTestConsole();
});
afterAll(() => console.end());

/** Reads a stream of events until `enough` messages have come, and hangs up. */
async function listen(as: string, since: string, enough: number): Promise<Message[]> {
  const hangUp = new AbortController();
  const response = await fetch(`${console.url}/api/events?as=${as}`, {
    headers: { 'last-event-id': since },
    signal: hangUp.signal,
  });
  const heard: Message[] = [];
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString();
    const whole = text.split('\n\n');
    text = whole.pop() ?? '';
    for (const event of whole.filter((each) => each.startsWith('event: message'))) {
      heard.push(JSON.parse(/^data: (.*)$/m.exec(event)?.[1] ?? '') as Message);
    }
    if (heard.length >= enough) break;
  }
  hangUp.abort();
  return heard;
}

test('a stream that was cut goes on where it ended, and carries nothing that is not for its person', async () => {
  const mara = scriptAs(console, 'mara-quill');
  const { next } = await mara.reads();
  const first = messageIn(await mara.says('/sample announce title:First'));
  await mara.says('/sample everything');
  const second = messageIn(await mara.says('/sample announce title:Second'));

  const all = await listen('priya-raman', String(next), 2);
  expect(all.map(({ ref }) => ref)).toEqual([first.ref, second.ref]);
  const rest = await listen('priya-raman', String(first.change), 1);
  expect(rest.map(({ ref }) => ref)).toEqual([second.ref]);
});

test('a message written by another process arrives too', async () => {
  const mara = scriptAs(console, 'mara-quill');
  const { next } = await mara.reads();
  const heard = listen('mara-quill', String(next), 1);
  const at = console.now();
  const card = { parts: [{ part: 'heading', text: 'From elsewhere' }] };
  await console.bot.database.consoleMessage.create({
    data: { placeRef: 'general', card, postedAt: at, changedAt: at },
  });
  expect((await heard).map(({ text }) => text)).toEqual(['From elsewhere']);
});
