import { afterAll, beforeAll, expect, test } from 'vitest';
import { shown } from '../../src/core/answer.ts';
import { card, paragraph } from '../../src/core/card.ts';
import { defineCommand, defineFeature } from '../../src/core/command.ts';
import { text } from '../../src/core/text.ts';
import { wordsIn } from '../../src/core/words.ts';
import { directory } from '../../src/features/directory/feature.ts';
import { memberField, placeField } from '../../src/identity/fields.ts';
import { openTestBot, type TestBot } from '../support/bot.ts';

const say = wordsIn({
  'command.who': 'Somebody',
  'command.who.member': 'Member',
  'command.where': 'Somewhere',
  'command.where.place': 'Channel',
});
const who = defineCommand({
  name: 'who',
  bare: true,
  answers: 'privately',
  by: 'visitor',
  options: { member: memberField() },
  run: async ({ options }) => shown(card(paragraph(text('You mean ', options.member.name)))),
});
const where = defineCommand({
  name: 'where',
  bare: true,
  answers: 'privately',
  by: 'visitor',
  options: { place: placeField() },
  run: async ({ options }) => shown(card(paragraph(text(options.place.ref, ' is ', options.place.name)))),
});
const asking = defineFeature({ name: 'asking', say, commands: [who, where] });

let bot: TestBot;
beforeAll(async () => {
  bot = await openTestBot({ features: [directory, asking] });
  for (const [name, workspace] of [
    ['Ana', 'ours'],
    ['Olga', 'theirs'],
  ] as const) {
    const person = bot.as(name, { workspace });
    await person.says('/coalition setup');
    await person.fills({ name: `${name}’s coalition`, zone: 'UTC' });
  }
});
afterAll(() => bot.end());

test.each(['U-ana', '<@U-ana>', '<@!U-ana>', '<@U-ana|ana>', '@Ana', 'ana', 'ANA'])(
  'a member is found as %s',
  async (typed) => {
    const ben = bot.as('Ben', { workspace: 'ours' });
    expect((await ben.says(`/who ${typed}`)).text).toBe('You mean Ana');
  },
);

test.each(['Olga', 'U-olga', '<@U-olga>', '%', '___', 'nobody'])(
  'nobody outside the coalition is found, nor anybody by a pattern: %s',
  async (typed) => {
    const ben = bot.as('Ben', { workspace: 'ours' });
    expect((await ben.says(`/who ${typed}`)).text).toContain(`I can’t find ${typed} among the people`);
  },
);

test('two people of one name are asked apart, and can be picked from the list', async () => {
  const coalition = await bot.database.coalition.findFirstOrThrow({ where: { name: 'Ana’s coalition' } });
  const same = { coalitionId: coalition.id, name: 'Ana', standing: 'guest', language: 'en', timeZone: 'UTC' };
  const twin = await bot.database.member.create({ data: { ...same, joinedAt: bot.clockHand.now() } });
  const ben = bot.as('Ben', { workspace: 'ours' });
  expect((await ben.says('/who Ana')).text).toContain('There is more than one Ana here');

  const sender = {
    platform: 'console',
    workspace: { ref: 'ours', name: '' },
    account: { ref: ben.ref, name: '' },
    place: null,
  } as const;
  const listed = await bot.dispatch.suggest(sender, { command: 'who', option: 'member', typed: 'an' });
  expect(listed).toHaveLength(2);
  expect((await ben.says(`/who ${twin.id}`)).text).toBe('You mean Ana');
});

test('a channel left out is the one where it is asked', async () => {
  expect((await bot.as('Ana', { workspace: 'ours' }).says('/where', { in: 'news' })).text).toBe(
    'news is news',
  );
});

test.each([
  ['<#C0123456789|news>', 'C0123456789 is news'],
  ['C0123456789', 'C0123456789 is news'],
  ['#news', 'C0123456789 is news'],
])('on Slack %s is a channel', async (typed, said) => {
  const ana = bot.as('Ana', { platform: 'slack', workspace: 'T1' });
  if ((await ana.says('/coalition setup')).form) await ana.fills({ name: 'Slack', zone: 'UTC' });
  await ana.says('/where <#C0123456789|news>');
  expect((await ana.says(`/where ${typed}`)).text).toBe(said);
  expect((await ana.says('/where #nwes')).text).toContain('I can’t find the channel #nwes');
});
