import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { shown } from '../../../src/core/answer.ts';
import { buttons, card, paragraph } from '../../../src/core/card.ts';
import { defineButton, defineCommand, defineFeature, defineForm } from '../../../src/core/command.ts';
import { text } from '../../../src/core/field.ts';
import { openForm } from '../../../src/core/open-form.ts';
import { press } from '../../../src/core/press.ts';
import { wordsIn } from '../../../src/core/words.ts';
import { type DiscordBot, openDiscordBot } from '../../support/discord/bot.ts';

const say = wordsIn({
  'command.slow.answer': 'Answer after a while',
  'command.slow.aloud': 'Answer in the channel after a while',
  'command.slow.form': 'Open a form after a while',
  'command.slow.secret': 'Open a secret form after a while',
  'form.slow.ballot.title': 'A secret form',
  'form.slow.ballot.name': 'Name',
  'command.slow.huge': 'Answer with a card that no platform takes',
  'form.slow.form.title': 'A slow form',
  'form.slow.form.name': 'Name',
});

/** Held back by the test, as a slow database would. */
let holding: Promise<void> = Promise.resolve();
let release: () => void = () => {};
const hold = () => {
  holding = new Promise((resolve) => {
    release = resolve;
  });
};

const again = press('slow.again', {});
const form = defineForm({
  press: press('slow.form', {}),
  answers: 'privately',
  by: 'anyone',
  fields: { name: text() },
  submit: async ({ values }) => shown(card(paragraph([`Hello ${values.name}`]))),
});
const secretForm = defineForm({
  press: press('slow.ballot', {}),
  answers: 'privately',
  by: 'anyone',
  secret: true,
  fields: { name: text() },
  submit: async ({ values }) => shown(card(paragraph([`Hello ${values.name}`]))),
});
const slow = defineFeature({
  name: 'slow',
  say,
  forms: [form, secretForm],
  commands: (['privately', 'in-channel'] as const)
    .map((answers) =>
      defineCommand({
        name: answers === 'privately' ? 'slow answer' : 'slow aloud',
        answers,
        by: 'anyone',
        async run() {
          await holding;
          return shown(card(paragraph(['Done at last']), buttons({ id: again.encode({}), label: 'Again' })));
        },
      }),
    )
    .concat(
      defineCommand({
        name: 'slow form',
        answers: 'with-form',
        by: 'anyone',
        async run({ asked }) {
          await holding;
          return { answer: 'form', form: openForm(form, say, asked.reader, {}) };
        },
      }),
      defineCommand({
        name: 'slow secret',
        answers: 'with-form',
        by: 'anyone',
        async run({ asked }) {
          await holding;
          return { answer: 'form', form: openForm(secretForm, say, asked.reader, {}) };
        },
      }),
      defineCommand({
        name: 'slow huge',
        answers: 'privately',
        by: 'anyone',
        run: async () => shown(card()),
      }),
    ),
  buttons: [
    defineButton({
      press: again,
      answers: 'by-updating',
      by: 'anyone',
      async run() {
        await holding;
        return shown(card(paragraph(['Done again'])));
      },
    }),
  ],
});

let bot: DiscordBot;
beforeAll(async () => {
  bot = await openDiscordBot({ features: [slow] });
  await bot.setUp('Ana');
});
afterAll(() => bot.end());
afterEach(() => expect(bot.peer.violations.splice(0)).toEqual([]));

/** Lets go of what is held once Discord has got a first response. */
async function releaseOnceAcknowledged(meanwhile: () => void = () => {}) {
  const before = bot.peer.requests.length;
  while (!bot.peer.requests.slice(before).some(({ path }) => path.endsWith('/callback'))) {
    await bot.peer.changed();
  }
  meanwhile();
  release();
}

const inChannel = () => bot.peer.messagesIn(bot.guild.channels.general ?? '');

test('a handler that takes long is acknowledged at once and still answers', async () => {
  hold();
  const answering = bot.as('Ana').runs('/slow answer');
  await releaseOnceAcknowledged(() => bot.peer.world.forward(10_000));
  expect((await answering).text).toContain('Done at last');
});

test('an answer that comes after 15 minutes comes as a direct message', async () => {
  hold();
  const ana = bot.as('Ana');
  const answering = ana.runs('/slow answer');
  await releaseOnceAcknowledged(() => bot.peer.world.forward(16 * 60_000));
  await answering;
  const direct = bot.peer.messagesIn(`@${ana.id}`).at(-1);
  expect(JSON.stringify(direct?.body)).toContain('Done at last');
  expect(JSON.stringify(direct?.body)).toContain('longer than Discord waits');
});

test('one that was meant for the channel comes into the channel', async () => {
  hold();
  const answering = bot.as('Ana').runs('/slow aloud');
  await releaseOnceAcknowledged(() => bot.peer.world.forward(16 * 60_000));
  await answering;
  expect(JSON.stringify(inChannel().at(-1)?.body)).toContain('Done at last');
});

test('a message whose button was pressed long ago is changed all the same', async () => {
  hold();
  release();
  const loud = await bot.as('Ana').runs('/slow aloud');
  const [first] = loud.message?.body.components ?? [];
  if (!first) throw new Error('Nothing was shown');
  first.id = 40_000;
  hold();
  const pressing = bot.as('Ana').presses('Again', loud);
  await releaseOnceAcknowledged(() => bot.peer.world.forward(16 * 60_000));
  await pressing;
  expect(JSON.stringify(loud.message?.body)).toContain('Done again');
  // A worker that is not sure of having sent it still finds it.
  expect(loud.message?.body.components?.[0]?.id).toBe(40_000);
});

test('when the person takes no direct messages, staff are told', async () => {
  hold();
  const ana = bot.as('Ana');
  bot.peer.world.closedDirect.add(ana.id);
  const answering = ana.runs('/slow answer');
  await releaseOnceAcknowledged(() => bot.peer.world.forward(16 * 60_000));
  await answering;
  bot.peer.world.closedDirect.delete(ana.id);
  const task = await bot.database.staffTask.findFirstOrThrow({ where: { kind: 'answer-lost' } });
  expect(JSON.stringify(task.text)).toContain('nor as a direct message');
});

test('a form that is late is offered by a button', async () => {
  hold();
  const ana = bot.as('Ana');
  const opening = ana.runs('/slow form');
  await releaseOnceAcknowledged();
  const offered = await opening;
  expect(offered.acknowledged).toBe(5);
  expect(offered.message?.ephemeral).toBe(true);
  const opened = await ana.presses('Open the form', offered);
  expect(opened.modal?.title).toBe('A slow form');
  expect((await ana.fills({ name: 'Ana' }, opened)).text).toBe('Hello Ana');
  const offer = offered.message;
  if (!offer) throw new Error('No offer');
  const stolen = await bot.as('Ben').presses('Open the form', offer);
  expect(stolen.modal).toBeNull();
  expect(stolen.text).toContain('is gone now');
});

test('a form that was late still opens after a restart, and once more after that', async () => {
  hold();
  const ana = bot.as('Ana');
  const opening = ana.runs('/slow form');
  await releaseOnceAcknowledged();
  const offered = await opening;
  await bot.disconnect();
  await bot.connect();
  const opened = await ana.presses('Open the form', offered);
  expect((await ana.fills({ name: 'Ana' }, opened)).text).toBe('Hello Ana');
  expect((await ana.presses('Open the form', offered)).modal?.title).toBe('A slow form');
});

test('a secret form that was late is kept by nobody but the process itself', async () => {
  hold();
  const ana = bot.as('Ana');
  const before = await bot.database.draft.count();
  const opening = ana.runs('/slow secret');
  await releaseOnceAcknowledged();
  const offered = await opening;
  expect(await bot.database.draft.count()).toBe(before);
  const opened = await ana.presses('Open the form', offered);
  expect((await ana.fills({ name: 'Ana' }, opened)).text).toBe('Hello Ana');
  const offer = offered.message;
  if (!offer) throw new Error('No offer');
  expect((await bot.as('Ben').presses('Open the form', offer)).text).toContain('is gone');
  await bot.disconnect();
  await bot.connect();
  expect((await ana.presses('Open the form', offer)).text).toContain('is gone');
});

test('an interaction that reached us too late is answered by a direct message', async () => {
  hold();
  release();
  const ana = bot.as('Ana');
  bot.peer.faults.next('POST', '/callback', { fault: 'status', status: 404, code: 10062 });
  const before = bot.peer.messagesIn(`@${ana.id}`).length;
  await ana.runs('/slow answer');
  expect(bot.peer.messagesIn(`@${ana.id}`).length).toBe(before + 1);
});

test('an acknowledgement that was taken and failed on the way back counts', async () => {
  bot.peer.faults.next('POST', '/callback', { fault: 'done-without-answer', status: 502 });
  const reply = await bot.as('Ana').runs('/slow answer');
  expect(reply.acknowledged).toBe(5);
  expect(reply.text).toContain('Done at last');
});

test('a passing failure of Discord while answering is tried again', async () => {
  bot.peer.faults.next('PATCH', '/webhooks/', { fault: 'status', status: 503 }, 2);
  expect((await bot.as('Ana').runs('/slow answer')).text).toContain('Done at last');
});

test('a rate limit while answering is waited out, because a person waits', async () => {
  const limit = { fault: 'rate-limit', retryAfterSeconds: 0.2, scope: 'user' } as const;
  bot.peer.faults.next('PATCH', '/webhooks/', limit);
  expect((await bot.as('Ana').runs('/slow answer')).text).toContain('Done at last');
});

test('a card that cannot be drawn is our bug, and told with a reference', async () => {
  const reply = await bot.as('Ana').runs('/slow huge');
  expect(reply.text).toMatch(/reference [\da-f]{8}/);
  const [, reference] = /reference ([\da-f]{8})/.exec(reply.text) ?? [];
  const logged = bot.log.lines.filter(({ event }) => event === 'discord.broken');
  expect(logged.map(({ facts }) => (facts as { reference: string }).reference)).toContain(reference);
});

test('no log line holds a token, a name or what was said', () => {
  const written = JSON.stringify(bot.log.lines, (_, value) =>
    value instanceof Error ? { name: value.name } : value,
  );
  for (const secret of [bot.peer.world.token, 'Ana', 'Done at last', 'token-'])
    expect(written).not.toContain(secret);
});
