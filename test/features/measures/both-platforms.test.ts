import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { directory } from '../../../src/features/directory/feature.ts';
import { measures } from '../../../src/features/measures/feature.ts';
import { type Both, openBoth } from '../../support/both/under-test.ts';
import { readable } from '../../support/discord/person.ts';
import { until } from '../../support/until.ts';

let both: Both;
/** Moves the clock on, from one thing that the bot plans to the next, until somebody is asked for another period. */
async function untilAskedAgain(): Promise<void> {
  const { database } = both.bot;
  const asked = () => database.measureReminder.count({ where: { step: 'notice' } });
  const before = await asked();
  await until('everybody is asked', async () => {
    const timer = await database.timer.findFirst({
      where: { kind: { startsWith: 'measures.' }, doneAt: null },
      orderBy: { dueAt: 'asc' },
    });
    // Asked after what is due next was looked up: once they have been asked, the clock stands still.
    if ((await asked()) >= before + 2) return true;
    if (timer) both.goTo(new Date(timer.dueAt.getTime() + 1000));
    await both.bot.sweep();
    return false;
  });
}

const slackDirect = (name: string, holds: string) =>
  both.slack.until(
    () =>
      both
        .onSlack(name)
        .screen()
        .findLast((seen) => seen.private && seen.text.includes(holds)),
    `${holds} on Slack`,
  );
async function discordDirect(name: string, holds: string) {
  const ben = both.onDiscord(name);
  const find = () =>
    both.discord.messagesIn(`@${ben.id}`).findLast(({ body }) => readable(body).includes(holds));
  await until(`${holds} on Discord`, () => find() !== undefined);
  const found = find();
  if (!found) throw new Error('No direct message');
  return found;
}

beforeAll(async () => {
  both = await openBoth({ features: [directory, measures] });
  await both.setUp();
  const ben = both.onDiscord('Ben');
  const form = await ben.runs('coalition join');
  await ben.fills({ organisation: 'Hope House', standing: 'member', zone: 'UTC' }, form);
  const library = { organisation: 'Library', standing: 'member', zone: 'UTC' };
  await both.fillsOnSlack('Cy', (cy) => cy.says('/coalition join'), library);
  await until('both have joined', async () => (await both.bot.database.partner.count()) === 2);
  await both.bot.database.member.updateMany({
    where: { partnerId: { not: null } },
    data: { standing: 'representative' },
  });
}, 120_000);
afterAll(() => both.end());
afterEach(() => expect(both.discord.violations.splice(0)).toEqual([]));

async function startOnSlack(of: { name: string; purpose: string; kind: string; unit?: string }) {
  const ana = both.onSlack('Ana');
  await ana.says('/data measure');
  await both.slack.until(() => ana.form(), 'the form');
  const card = await both.next('Ana', () => ana.fills(of));
  await ana.presses('When it is asked', card);
  await both.slack.until(() => ana.form(), 'the form');
  const saved = await both.next('Ana', () => ana.fills({ often: 'weekly', due: '3' }));
  await ana.presses('Start asking', saved);
  await both.slack.until(() => saved.text.includes('is asked for from now on'), 'the start');
}

const lastPeriod = () => both.bot.database.measurePeriod.findFirstOrThrow({ orderBy: { startsOn: 'desc' } });

test('staff describe a measure on Slack and start it', async () => {
  await startOnSlack({ name: 'Meals', purpose: 'To plan the winter', kind: 'number', unit: 'meals' });
}, 60_000);

test('everybody is asked where they are, and gives the figure there', async () => {
  await untilAskedAgain();
  const onDiscord = await discordDirect('Ben', 'Figures of Hope House');
  const ben = both.onDiscord('Ben');
  const form = await ben.presses('Give the figure', onDiscord);
  const thanked = await ben.fills({ figure: '120' }, form);
  expect(thanked.text).toContain('120 meals');

  const onSlack = await slackDirect('Cy', 'Figures of Library');
  const cy = both.onSlack('Cy');
  await cy.presses('Give the figure', onSlack);
  await both.slack.until(() => cy.form(), 'the form');
  const back = await both.next('Cy', () => cy.fills({ figure: '1.234' }));
  expect(back.text).toContain('can mean two things');
  await cy.presses('Yes: 1234 meals', back);
  await both.slack.until(() => back.text.includes('1,234 meals'), 'the thanks');
  expect(await both.bot.database.measureSubmission.count()).toBe(2);
}, 60_000);

test('a week later one press is enough, and both see their own line as a picture', async () => {
  await untilAskedAgain();
  const onDiscord = await discordDirect('Ben', 'Same as last time');
  const same = await both.onDiscord('Ben').presses('Same as last time: 120 meals', onDiscord);
  expect(same.text).toContain('That is the same as in');
  const onSlack = await slackDirect('Cy', 'Same as last time');
  const cy = both.onSlack('Cy');
  await cy.presses('Same as last time: 1,234 meals', onSlack);
  await both.slack.until(
    () => cy.screen().find((seen) => seen.text.includes('That is the same as in')),
    'the thanks',
  );
  const rows = await both.bot.database.measureSubmission.findMany({ where: { way: 'same' } });
  expect(rows).toHaveLength(2);
}, 60_000);

test('who asks for more time on Discord gets it from staff on Slack', async () => {
  await untilAskedAgain();
  const { key } = await lastPeriod();
  const ben = both.onDiscord('Ben');
  const form = await ben.presses('I need more time', await discordDirect('Ben', key));
  const said = await ben.fills({ days: '2', words: 'Our database is down' }, form);
  expect(said.text).toContain('Staff are asked for 2 more days');
  const asks = await both.next('Ana', (ana) => ana.says('/data asks'));
  expect(asks.text).toContain('asks for 2 more days');
  await both.onSlack('Ana').presses('Give 2 days', asks);
  await both.slack.until(() => asks.text.includes('Nobody waits for an answer'), 'an empty list');
  await discordDirect('Ben', 'You have more time for');
}, 60_000);

test('what is asked in words stands beside the number, and both are answered in both places', async () => {
  await startOnSlack({ name: 'What changed', purpose: 'To learn from it', kind: 'text' });
  await untilAskedAgain();
  const { key } = await lastPeriod();
  const label = `Give What changed, ${key}`;
  const ben = both.onDiscord('Ben');
  const form = await ben.presses(label, await discordDirect('Ben', label));
  expect((await ben.fills({ words: 'We *all* moved.' }, form)).text).toContain('moved');
  const cy = both.onSlack('Cy');
  await cy.presses(label, await slackDirect('Cy', label));
  await both.slack.until(() => cy.form(), 'the form');
  await both.next('Cy', () => cy.fills({ words: '<!channel> & more' }));
  const given = await both.bot.database.measureSubmission.findMany({
    where: { request: { period: { measure: { name: 'What changed' } } } },
    select: { given: true },
  });
  const texts = given.map((each) => (each.given as { figure: { text: string } }).figure.text).sort();
  expect(texts).toEqual(['<!channel> & more', 'We *all* moved.']);
}, 60_000);
