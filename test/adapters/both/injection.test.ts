import { afterAll, beforeAll, expect, test } from 'vitest';
import { injectOnDiscord, injectOnSlack, marker, report } from '../../support/both/injecting.ts';
import { openJoined } from '../../support/both/joined.ts';
import type { Both } from '../../support/both/under-test.ts';
import { findActingInDiscord } from '../../support/discord/find-acting.ts';
import { findActing } from '../../support/slack/read-blocks.ts';

let both: Both;
beforeAll(async () => {
  both = await openJoined([
    { name: 'Ben', organisation: 'Hope House', on: 'slack' },
    { name: 'Cleo', organisation: 'Food Bank', on: 'discord' },
  ]);
}, 120_000);
afterAll(() => both.end());

/** A link is as it says, or leads where no injection leads. */
const leadsElsewhere = (found: string) => found.includes(marker) || found.includes('good.example');
const isLink = (found: string) => /^(<https?:|masked link: )/.test(found);
const isHonest = (found: string) => {
  const [, to = '', said = ''] = /^<(https?:[^|>]*)\|?([^>]*)>/.exec(found) ?? [];
  return said === '' || said === to;
};

test('whatever is typed into any field of any command or form on Slack, Slack is sent nothing that acts', async () => {
  const done = await injectOnSlack(both, (by) => (by === 'voice' ? 'Ben' : 'Ana'));
  const people = ['Ana', 'Ben'].map((name) => `<@${both.onSlack(name).ref}>`);
  const places = [`<#${both.slack.general}>`, `<#${both.slack.digest}>`];
  const views = both.slack.modals.map(({ view }) => ({ text: '', blocks: [view] }));
  const sent = [...both.slack.messages, ...views];
  const acting = sent
    .flatMap(findActing)
    .filter((found) => !people.includes(found) && !places.includes(found))
    .filter((found) => !isLink(found) || (leadsElsewhere(found) && !isHonest(found)));
  expect(acting).toEqual([]);
  expect(report('Slack', done, sent)).toBeGreaterThan(50);
  expect(done.forms).toBeGreaterThan(50);
  expect(both.log.lines.filter(({ event }) => event.endsWith('.broken'))).toEqual([]);
}, 400_000);

test('the same on Discord, which is told besides to call nobody but who is named', async () => {
  const done = await injectOnDiscord(both, (by) => (by === 'voice' ? 'Cleo' : 'Ana'));
  const people = ['Ana', 'Cleo'].map((name) => both.onDiscord(name).id);
  const sent = [...both.discord.world.messages.values()];
  const acting = sent
    .flatMap(({ body }) => findActingInDiscord(body, people))
    .filter((found) => !isLink(found) || leadsElsewhere(found));
  expect(acting).toEqual([]);
  expect(report('Discord', done, sent)).toBeGreaterThan(30);
  expect(done.forms).toBeGreaterThan(50);
  expect(both.discord.violations).toEqual([]);
  expect(both.log.lines.filter(({ event }) => event.endsWith('.broken'))).toEqual([]);
}, 400_000);
