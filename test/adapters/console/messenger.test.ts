import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeAccounts } from '../../../adapters/console/accounts.ts';
import { makeFeed } from '../../../adapters/console/events.ts';
import { makeMessages } from '../../../adapters/console/messages.ts';
import { makeMessenger } from '../../../adapters/console/messenger.ts';
import { seedDemo } from '../../../prisma/seed.ts';
import { card, heading } from '../../../src/core/card.ts';
import type { Messenger } from '../../../src/core/ports.ts';
import { openTestConsole, type TestConsole } from '../../support/console.ts';
import { scriptAs } from '../../support/console-script.ts';

let console: TestConsole;
let messenger: Messenger;
beforeAll(async () => {
  console = await openTestConsole();
  const { database, clock } = console.bot.tools;
  const feed = makeFeed(database);
  messenger = makeMessenger(makeAccounts(database), makeMessages(database, clock, feed));
});
afterAll(() => console.end());

const drawn = (text: string) => ({
  card: card(heading(text)),
  reader: { language: 'en', timeZone: 'UTC' },
  accounts: new Map(),
});
const general = { workspaceRef: 'console', placeRef: 'general' };

test('the same delivery makes one message, however often and at once it is sent', async () => {
  const send = () => messenger.post(general, { ...drawn('Once'), deliveryId: 'd-1', maybeSent: false });
  const refs = (await Promise.all([send(), send(), send()])).map(({ messageRef }) => messageRef);
  refs.push(
    (await messenger.post(general, { ...drawn('Once'), deliveryId: 'd-1', maybeSent: true })).messageRef,
  );
  expect(new Set(refs).size).toBe(1);
  const { messages } = await scriptAs(console, 'mara-quill').reads();
  expect(messages.filter(({ text }) => text === 'Once')).toHaveLength(1);
});

test('a redraw changes the message where it stands', async () => {
  const { messageRef } = await messenger.post(general, {
    ...drawn('Before'),
    deliveryId: 'd-2',
    maybeSent: false,
  });
  await messenger.redraw(general, messageRef, drawn('After'));
  const { messages } = await scriptAs(console, 'mara-quill').reads();
  expect(messages.find(({ ref }) => ref === messageRef)?.text).toBe('After');
});

test('what is not there any more is said to be gone', async () => {
  const nowhere = { workspaceRef: 'console', placeRef: 'attic' };
  const nobody = { workspaceRef: 'console', placeRef: '@nobody' };
  const message = { ...drawn('Lost'), deliveryId: 'd-3', maybeSent: false };
  await expect(messenger.post(nowhere, message)).rejects.toMatchObject({ code: 'gone', platform: 'console' });
  await expect(messenger.post(nobody, message)).rejects.toMatchObject({ code: 'gone' });
  for (const ref of ['m1', '01890000-0000-7000-8000-000000000000']) {
    await expect(messenger.redraw(general, ref, drawn('Lost'))).rejects.toMatchObject({ code: 'gone' });
  }
});

test('the demo is opened once, by whichever process comes first, and never beside another coalition', async () => {
  const { database } = console.bot;
  expect(await Promise.all([1, 2].map(() => seedDemo(database, console.now())))).toEqual([false, false]);
  expect(await database.coalition.count()).toBe(1);
  expect(await database.partner.count()).toBe(14);

  const real = await openTestConsole({ demo: false });
  try {
    const both = await Promise.all([1, 2].map(() => seedDemo(real.bot.database, real.now())));
    expect(both.sort()).toEqual([false, true]);
    expect(await real.bot.database.coalition.findMany()).toMatchObject([{ demo: true }]);
  } finally {
    await real.end();
  }
});
