import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkCommands } from '../../../adapters/discord/check-commands.ts';
import { drawCommands } from '../../../adapters/discord/draw-commands.ts';
import { makeRest } from '../../../adapters/discord/messenger.ts';
import { registerCommands } from '../../../adapters/discord/register-commands.ts';
import { shown } from '../../../src/core/answer.ts';
import { card } from '../../../src/core/card.ts';
import { defineCommand, defineFeature, type Feature } from '../../../src/core/command.ts';
import { choice, optional, text } from '../../../src/core/field.ts';
import { registerFeatures } from '../../../src/core/registry.ts';
import { wordsIn } from '../../../src/core/words.ts';
import { features } from '../../../src/features/all.ts';
import { commandProblems } from '../../support/discord/missing-rules.ts';
import { type DiscordPeer, openDiscordPeer } from '../../support/discord/peer.ts';
import { makeSampleFeature } from '../../support/sample-feature.ts';

let peer: DiscordPeer;
beforeAll(async () => {
  peer = await openDiscordPeer();
});
afterAll(() => peer.close());

const commandsOf = (...of: Feature[]) => drawCommands(registerFeatures(of));
type Drawn = { name: string; options: (Drawn & { type: number; required?: boolean })[] };
const optionsOf = (feature: Feature, sub: string) => {
  const [root] = commandsOf(feature) as unknown as Drawn[];
  return root?.options.find(({ name }) => name === sub)?.options ?? [];
};

test('each field kind becomes the option Discord has for it', () => {
  expect(optionsOf(makeSampleFeature(), 'announce')).toMatchObject([
    { name: 'title', type: 3, required: true, max_length: 60, autocomplete: true },
    { name: 'count', type: 4, required: false, min_value: 1, max_value: 99 },
    { name: 'colour', type: 3, choices: [{ name: 'Red', value: 'red' }, {}, {}] },
    { name: 'loud', type: 5 },
    { name: 'words', type: 3 },
    { name: 'who', type: 6 },
    { name: 'where', type: 7 },
  ]);
  expect(optionsOf(makeSampleFeature(), 'everything')).toEqual([]);
});

test('required options stand before optional ones, and names are in lower case', () => {
  const feature = oneCommand({ sizeBand: optional(text()), name: text() });
  expect(optionsOf(feature, 'one').map(({ name, required }) => [name, required])).toEqual([
    ['name', true],
    ['size-band', false],
  ]);
});

test('words of other languages localise descriptions and choices, and names only where they are names', () => {
  const feature = oneCommand(
    { colour: choice(['red'], 'colour') },
    {
      fr: {
        'command.some.one': 'Un essai',
        'command-name.some.one': 'essai',
        'command.some.one.colour': 'Couleur',
        'colour.red': 'Rouge',
      },
      'pt-BR': { 'command.some.one': 'Um teste' },
    },
  );
  const [root] = commandsOf(feature);
  expect(root?.options?.[0]).toMatchObject({
    name: 'one',
    name_localizations: { fr: 'essai' },
    description_localizations: { fr: 'Un essai', 'pt-BR': 'Um teste' },
    options: [
      {
        name: 'colour',
        description_localizations: { fr: 'Couleur' },
        choices: [{ value: 'red', name_localizations: { fr: 'Rouge' } }],
      },
    ],
  });
});

test('every command of every feature is one that Discord takes', async () => {
  const rest = makeRest({ token: peer.world.token, apiUrl: peer.apiUrl });
  expect(features.length).toBeGreaterThan(0);
  const commands = commandsOf(...features, makeSampleFeature());
  expect(await registerCommands(rest, peer.world.applicationId, commands)).toBe('registered');
  expect(peer.violations).toEqual([]);
  expect(peer.world.commands.map(({ name }) => name)).toContain('sample');
});

test('commands are registered again only when they differ from what is there', async () => {
  const rest = makeRest({ token: peer.world.token, apiUrl: peer.apiUrl });
  const { applicationId } = peer.world;
  const puts = () => peer.requests.filter(({ method }) => method === 'PUT').length;
  await registerCommands(rest, applicationId, commandsOf(makeSampleFeature()));
  const before = puts();
  const again = await registerCommands(rest, applicationId, commandsOf(makeSampleFeature()));
  expect([again, puts()]).toEqual(['unchanged', before]);
  const other = await registerCommands(rest, applicationId, commandsOf(oneCommand({ name: text() })));
  expect([other, puts()]).toEqual(['registered', before + 1]);
});

const wrong = { name: 'ok', description: 'Fine', options: [] };
const option = { name: 'a', description: 'Fine', required: false };
test.each([
  ['a name with capitals', { ...wrong, name: 'Not' }],
  ['a name with a space', { ...wrong, name: 'not this' }],
  ['a description that is too long', { ...wrong, description: 'x'.repeat(101) }],
  [
    'too many options',
    { ...wrong, options: Array.from({ length: 26 }, (_, n) => ({ ...option, name: `a${n}` })) },
  ],
  ['one option twice', { ...wrong, options: [option, option] }],
  ['required behind optional', { ...wrong, options: [option, { ...option, name: 'b', required: true }] }],
  [
    'more words than a command may have',
    {
      ...wrong,
      options: Array.from({ length: 4 }, (_, at) => ({
        ...option,
        name: `a${at}`,
        choices: Array.from({ length: 25 }, () => ({ name: 'x'.repeat(100), value: 'y' })),
      })),
    },
  ],
  ['a name with capitals in another language', { ...wrong, name_localizations: { fr: 'Essai' } }],
  ['a name of two words in another language', { ...wrong, name_localizations: { fr: 'un essai' } }],
  ['a name too long in another language', { ...wrong, name_localizations: { fr: 'x'.repeat(33) } }],
  ['no words for it in another language', { ...wrong, description_localizations: { fr: '' } }],
  ['too many words in another language', { ...wrong, description_localizations: { fr: 'x'.repeat(101) } }],
  [
    'a choice too long in another language',
    {
      ...wrong,
      options: [
        { ...option, choices: [{ name: 'x', value: 'y', name_localizations: { fr: 'x'.repeat(101) } }] },
      ],
    },
  ],
  [
    'more words in another language than a command may have',
    {
      ...wrong,
      options: Array.from({ length: 4 }, (_, at) => ({
        ...option,
        name: `a${at}`,
        choices: Array.from({ length: 25 }, () => ({
          ...{ name: 'x', value: 'y' },
          name_localizations: { fr: 'x'.repeat(100), de: 'x' },
        })),
      })),
    },
  ],
])('a command with %s stops the start, and Discord would refuse it', (what, command) => {
  expect(() => checkCommands([wrong])).not.toThrow();
  expect(() => checkCommands([command])).toThrow('Discord would refuse');
  // What its own file checks is left to that: lengths of English descriptions and numbers of options.
  const known = /too many options|a description that is too long/;
  if (!known.test(what)) expect(commandProblems([command] as never)).not.toEqual([]);
  expect(commandProblems([wrong])).toEqual([]);
});

test('of words in several languages only the longest count', () => {
  const languages = Object.fromEntries(['fr', 'de', 'pl', 'it'].map((locale) => [locale, 'x'.repeat(100)]));
  const choices = Array.from({ length: 24 }, () => ({
    ...{ name: 'x', value: 'y' },
    name_localizations: languages,
  }));
  const options = ['a', 'b', 'c'].map((name) => ({ ...option, name, choices }));
  expect(() => checkCommands([{ ...wrong, options }])).not.toThrow();
  expect(commandProblems([{ ...wrong, options }])).toEqual([]);
});

function oneCommand(
  options: Parameters<typeof defineCommand>[0]['options'],
  translations: Record<string, Record<string, string>> = {},
): Feature {
  const say = wordsIn(
    {
      'command.some.one': 'A test',
      'command.some.one.name': 'Name',
      'command.some.one.sizeBand': 'Size',
      'command.some.one.colour': 'Colour',
      'colour.red': 'Red',
    },
    translations,
  );
  const one = defineCommand({
    name: 'some one',
    answers: 'privately',
    by: 'anyone',
    options: options ?? {},
    run: async () => shown(card()),
  });
  return defineFeature({ name: 'some', say, commands: [one] });
}
