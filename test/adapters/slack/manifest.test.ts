import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import { makeManifest } from '../../../adapters/slack/manifest.ts';
import { appTokenScopes, botEvents, botScopes } from '../../../adapters/slack/scopes.ts';
import { defineCommand, defineFeature } from '../../../src/core/command.ts';
import { registerFeatures } from '../../../src/core/registry.ts';
import { wordsIn } from '../../../src/core/words.ts';
import { features } from '../../../src/features/all.ts';
import { findSpec } from '../../support/find-spec.ts';
import { makeSampleFeature } from '../../support/sample-feature.ts';

/** Slack's own schema of app manifests (slackapi/manifest-schema, MIT); beside this project, and no part of it. */
const schemaFile = findSpec('slack-manifest.schema.json');

const registry = registerFeatures([...features, makeSampleFeature()]);
const many = registerFeatures([
  defineFeature({
    name: 'many',
    say: wordsIn(
      Object.fromEntries(Array.from({ length: 90 }, (_, i) => [`command.many.sub-command-${i}`, 'Does'])),
    ),
    commands: Array.from({ length: 90 }, (_, i) =>
      defineCommand({
        name: `many sub-command-${i}`,
        answers: 'privately',
        by: 'anyone',
        run: async () => ({ answer: 'done' }),
      }),
    ),
  }),
]);

test.skipIf(schemaFile === null)(
  'Slack’s own schema takes the manifest, over HTTP and over Socket Mode',
  () => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    formats.default(ajv);
    const validate = ajv.compile(JSON.parse(readFileSync(String(schemaFile), 'utf8')));
    for (const commands of [registry, many]) {
      for (const publicUrl of [null, 'https://bot.example.org']) {
        validate(makeManifest(commands, publicUrl, publicUrl !== null));
        expect(validate.errors).toBeNull();
      }
    }
    // The schema does refuse: a check that cannot fail would be none.
    expect(validate({ ...makeManifest(registry, null), features: { slash_commands: [{}] } })).toBe(false);
  },
);

test('the bot asks for these scopes and events and no others', () => {
  expect(botScopes).toEqual([
    'commands',
    'chat:write',
    'im:write',
    'mpim:write',
    'users:read',
    'files:read',
    'files:write',
    'metadata.message:read',
  ]);
  expect(botEvents).toEqual([
    'app_home_opened',
    'app_uninstalled',
    'message_metadata_posted',
    'tokens_revoked',
  ]);
  expect(appTokenScopes).toEqual(['connections:write']);
  const asked = JSON.stringify(makeManifest(registry, 'https://bot.example.org'));
  // What would let it read what people write.
  expect(asked).not.toMatch(/:history|message\.(channels|groups|im|mpim)|app_mentions|search:/);
});

test('a token that somebody copies into the settings goes on working: tokens rotate only where that is asked for', () => {
  const rotation = (...more: [string | null, boolean?]) =>
    makeManifest(registry, ...more).settings.token_rotation_enabled;
  expect(rotation(null)).toBe(false);
  expect(rotation('https://bot.example.org')).toBe(false);
  expect(rotation('https://bot.example.org', true)).toBe(true);
});

test('there is one slash command for each first word, and its hint names the sub-commands', () => {
  const { slash_commands } = makeManifest(registry, null).features;
  expect(slash_commands.map(({ command }) => command)).toEqual(registry.roots.map((root) => `/${root}`));
  expect(slash_commands.find(({ command }) => command === '/sample')?.usage_hint).toContain('announce');
  expect(slash_commands.every(({ should_escape }) => should_escape)).toBe(true);
  const [hint] = makeManifest(many, null).features.slash_commands.map(({ usage_hint }) => usage_hint);
  expect(hint?.length).toBeLessThanOrEqual(1000);
  expect(hint).toMatch(/\| …\]$/);
});

test('over HTTP everything has an address; over Socket Mode nothing does', () => {
  const http = makeManifest(registry, 'https://bot.example.org');
  expect(http.settings.socket_mode_enabled).toBe(false);
  expect(JSON.stringify(http).match(/https:\/\/bot\.example\.org\/slack\/events/g)).toHaveLength(
    registry.roots.length + 2,
  );
  expect(JSON.stringify(http)).toContain('https://bot.example.org/slack/oauth_redirect');
  const socket = makeManifest(registry, null);
  expect(socket.settings.socket_mode_enabled).toBe(true);
  expect(JSON.stringify(socket)).not.toContain('https://');
});
