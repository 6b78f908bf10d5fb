import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answering, endings, everybody } from '../../features/decisions/endings.ts';
import { openJoined } from '../../support/both/joined.ts';
import type { Both } from '../../support/both/under-test.ts';
import { readable } from '../../support/discord/person.ts';
import { readBlocks } from '../../support/slack/read-blocks.ts';
import { until } from '../../support/until.ts';

/** A rule to its outcome: asked on one platform, answered on both, told on both. */
let both: Both;
const organisations = ['Clinic', 'Food Bank', 'Library', 'Mosque', 'School'];
const onSlack = (name: string) => everybody.indexOf(name as never) % 2 === 0;
const slackPosts = () =>
  both.slack.messages
    .filter(({ channel, metadata, gone }) => channel === both.slack.general && metadata !== null && !gone)
    .map((message) => ({ message, text: readBlocks(message.blocks) }));
const discordPosts = () =>
  both.discord
    .messagesIn(both.discord.general)
    .filter(({ ephemeral }) => !ephemeral)
    .map((message) => ({ message, text: readable(message.body) }));

beforeAll(async () => {
  const on = (name: string) => (onSlack(name) ? 'slack' : 'discord') as 'slack' | 'discord';
  both = await openJoined(
    everybody.map((name, at) => ({ name, organisation: organisations[at] ?? '', on: on(name) })),
  );
});
afterAll(() => both.end());

type Asking = (typeof endings)[number][1];

const typed = (asking: Asking) => ({
  question: asking.question ?? 'Shall we open a second hub?',
  rule: asking.rule,
  until: '7 days',
  ...(asking.options ? { options: asking.options.join('\n') } : {}),
});

async function asksOnSlack(asking: Asking): Promise<void> {
  const ana = both.onSlack('Ana');
  const preview = await both.fillsOnSlack('Ana', () => ana.says('/decide new'), typed(asking));
  for (const [button, values] of Object.entries(asking.adjust ?? {})) {
    await ana.presses(button, preview);
    await both.slack.until(() => ana.form(), `the form behind ${button}`);
    const before = preview.text;
    await ana.fills(values);
    await both.slack.until(() => preview.text !== before, 'the changed preview');
  }
  await ana.presses('Open it', preview);
}

async function asksOnDiscord(asking: Asking): Promise<void> {
  const ana = both.onDiscord('Ana');
  let preview = await ana.fills(typed(asking), await ana.runs('decide new'));
  for (const [button, values] of Object.entries(asking.adjust ?? {}))
    preview = await ana.fills(values, await ana.presses(button, preview));
  await ana.presses('Open it', preview);
}

/** Asked on one platform and shared to the other, it stands on both. */
async function stands(asking: Asking, on: 'slack' | 'discord') {
  const number = (await both.bot.database.decision.count()) + 1;
  const title = `Decision ${number}`;
  const slack = () => slackPosts().find(({ text }) => text.includes(title))?.message;
  const discord = () => discordPosts().find(({ text }) => text.includes(title))?.message;
  if (on === 'slack') {
    await asksOnSlack(asking);
    await until('the card stands on Slack', () => slack() !== undefined);
    await both.onDiscord('Ana').runs('decide share', { decision: number });
    await until('the card stands on Discord', () => discord() !== undefined);
  } else {
    await asksOnDiscord(asking);
    await until('the card stands on Discord', () => discord() !== undefined);
    await both.onSlack('Ana').says(`/decide share ${number}`);
    await until('the card stands on Slack', () => slack() !== undefined);
  }
  const cards = { slack: slack(), discord: discord() };
  if (!cards.slack || !cards.discord) throw new Error('The card is gone');
  return { number, slack: cards.slack, discord: cards.discord };
}

/** What came of an answer, as the one who gave it reads it. */
async function answers(
  cards: Omit<Awaited<ReturnType<typeof stands>>, 'number'>,
  name: string,
  said: NonNullable<Answering[number]>,
) {
  const [button, values] = typeof said === 'string' ? [said, null] : [said.button, said.fills];
  if (onSlack(name)) {
    const person = both.onSlack(name);
    const card = person.screen().find((seen) => person.raw(seen) === cards.slack);
    if (!card) throw new Error(`${name} does not see the card`);
    const presses = () => person.presses(button, card);
    return (await (values ? both.fillsOnSlack(name, presses, values) : both.next(name, presses))).text;
  }
  const person = both.onDiscord(name);
  const pressed = await person.presses(button, cards.discord);
  return (values ? await person.fills(values, pressed) : pressed).text;
}

const alternating = endings.map((ending, at) => [...ending, at % 2 ? 'discord' : 'slack'] as const);

test.each(alternating)(
  '%s, for those on Slack and those on Discord alike',
  async (_, asking, said, says, platform) => {
    const { number, ...cards } = await stands(asking, platform);
    for (const [index, answer] of said.entries()) {
      if (answer === null) continue;
      const told = await answers(cards, everybody[index] ?? '', answer);
      expect(told).toContain(`${organisations[index]} says:`);
    }
    both.goTo(new Date((await closing(number)).getTime() + 1000));
    await both.bot.sweep();
    for (const posts of [slackPosts, discordPosts]) {
      const outcomes = () => posts().filter(({ text }) => text.includes(`Decided. Decision ${number}`));
      await until('the outcome is told', () => outcomes().length > 0);
      expect(outcomes()).toHaveLength(1);
      expect(outcomes()[0]?.text).toContain(says);
    }
    const answered = said.filter((answer) => answer !== null).length;
    await until('both cards are closed', () =>
      [readBlocks(cards.slack.blocks), readable(cards.discord.body)].every((text) =>
        text.includes(`${answered} of ${organisations.length} answered`),
      ),
    );
    expect(both.discord.violations.splice(0)).toEqual([]);
  },
);

async function closing(number: number): Promise<Date> {
  return (await both.bot.database.decision.findFirstOrThrow({ where: { number } })).closesAt;
}

test('on advice, who was named decides in their own words after hearing those on both', async () => {
  const adjust = { 'Who decides': { decider: both.onSlack('Ben').ref } };
  const { number, ...cards } = await stands({ rule: 'advice', adjust }, 'slack');
  expect(readable(cards.discord.body)).toContain('Ben decides after hearing everybody');
  expect(await answers(cards, 'Cleo', 'For it')).toContain('Food Bank says:');
  expect(await answers(cards, 'Dan', 'Against it')).toContain('Library says:');
  both.goTo(new Date((await closing(number)).getTime() + 1000));
  await both.bot.sweep();
  await until('everybody has been heard', () => readable(cards.discord.body).includes('2 of 5 answered'));

  const eva = both.onDiscord('Eva');
  expect((await eva.runs('decide show', { decision: number })).text).not.toContain('Say it in words');
  const ben = both.onSlack('Ben');
  const page = await both.next('Ben', () => ben.says(`/decide show ${number}`));
  const statement = { statement: 'We open it in May.', tasks: '' };
  await both.fillsOnSlack('Ben', () => ben.presses('Say it in words', page), statement);
  await until('both cards say it', () =>
    [readBlocks(cards.slack.blocks), readable(cards.discord.body)].every((text) =>
      text.includes('We open it in May.'),
    ),
  );
});
