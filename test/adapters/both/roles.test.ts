import { afterAll, beforeAll, expect, test } from 'vitest';
import { openJoined } from '../../support/both/joined.ts';
import type { Both } from '../../support/both/under-test.ts';
import { readable } from '../../support/discord/person.ts';
import { readBlocks } from '../../support/slack/read-blocks.ts';
import { until } from '../../support/until.ts';

/** One seat, taken, waited for, given back and accepted by people in two places. */
let both: Both;
const names = { Ben: 'Food Bank', Cleo: 'Library', Dan: 'Clinic' };

beforeAll(async () => {
  both = await openJoined([
    { name: 'Ben', organisation: names.Ben, on: 'slack' },
    { name: 'Cleo', organisation: names.Cleo, on: 'discord' },
    { name: 'Dan', organisation: names.Dan, on: 'slack' },
  ]);
  // Noon of a working day, when offers may go out at once.
  const now = new Date();
  const toWednesday = 1 + ((2 - now.getUTCDay() + 7) % 7);
  both.goTo(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + toWednesday, 12)));
  const role = { name: 'Host', purpose: 'Opens the door', effort: '1', seats: '1' };
  await both.fillsOnSlack('Ana', () => both.onSlack('Ana').says('/roles new'), role);
  await both.onSlack('Ana').says('/roles post role:Host place:#general');
  await both.onDiscord('Ana').runs('roles post', { role: 'Host', place: both.discord.general });
  await until('the card stands in both', () => slackCard() !== undefined && discordCard() !== undefined);
});
afterAll(() => both.end());

const slackCard = () =>
  both.slack.messages.find(
    ({ channel, metadata, gone }) => channel === both.slack.general && metadata !== null && !gone,
  );
const discordCard = () => both.discord.messagesIn(both.discord.general).find(({ ephemeral }) => !ephemeral);
const texts = () => [readBlocks(slackCard()?.blocks ?? []), readable(discordCard()?.body ?? {})];

async function pressesOnSlack(name: string, label: string): Promise<string> {
  const person = both.onSlack(name);
  const card = person.screen().find((seen) => person.raw(seen) === slackCard());
  if (!card) throw new Error(`${name} does not see the card`);
  return (await both.next(name, () => person.presses(label, card))).text;
}
async function pressesOnDiscord(name: string, label: string): Promise<string> {
  const card = discordCard();
  if (!card) throw new Error('The card is gone');
  return (await both.onDiscord(name).presses(label, card)).text;
}
/** Who holds the seat, and who waits, as the database has it: on neither card is anybody shown otherwise. */
async function seats() {
  const { database } = both.bot;
  const holders = await database.roleTerm.findMany({ where: { current: true } });
  const names = await database.partner.findMany({
    where: { id: { in: holders.map((one) => one.partnerId) } },
  });
  return names.map(({ name }) => name);
}

test('a seat taken on Slack has a line on both, and whoever waits holds nothing', async () => {
  expect(await pressesOnSlack('Ben', 'Take it')).toContain('holds “Host”');
  await until('both cards say so', () => texts().every((text) => text.includes(names.Ben)));
  expect(await pressesOnDiscord('Cleo', 'Wait for a seat')).toContain('is number 1 in line');
  expect(await pressesOnSlack('Dan', 'Wait for a seat')).toContain('is number 2 in line');
  await until('both cards show the line', () => texts().every((text) => text.includes(names.Dan)));
  expect(await seats()).toEqual([names.Ben]);
});

test('given back on Slack, it is offered to the first in line on Discord, and then to the next on Slack', async () => {
  await pressesOnSlack('Ben', 'Give back or leave the line');
  const { world } = both.discord;
  const offered = () =>
    both.discord
      .messagesIn(world.direct.get(both.onDiscord('Cleo').id) ?? '')
      .findLast(({ body }) => readable(body).includes('Accept'));
  await until('Cleo is asked', async () => {
    await both.bot.sweep();
    return offered() !== undefined;
  });
  expect(await seats()).toEqual([]);
  const offer = offered();
  if (!offer) throw new Error('The offer is gone');
  expect((await both.onDiscord('Cleo').presses('Accept', offer)).text).toContain('holds “Host” now');
  expect(await seats()).toEqual([names.Cleo]);

  await pressesOnDiscord('Cleo', 'Give back or leave the line');
  const dan = both.onSlack('Dan');
  const asked = () => dan.screen().findLast(({ buttons }) => buttons.includes('Accept'));
  await until('Dan is asked', async () => {
    await both.bot.sweep();
    return asked() !== undefined;
  });
  const seen = asked();
  if (!seen) throw new Error('The offer is gone');
  await dan.presses('Accept', seen);
  await until('Dan’s organisation holds it', async () => (await seats()).join() === names.Dan);
  expect(both.discord.violations).toEqual([]);
});
