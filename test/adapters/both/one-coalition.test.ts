import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { WorkspaceId } from '../../../src/core/ids.ts';
import { unlinkConfirmPress } from '../../../src/features/directory/linking/workspaces/cards.ts';
import { type Both, openBoth } from '../../support/both/under-test.ts';
import { readable } from '../../support/discord/person.ts';
import { codeIn } from '../../support/linking.ts';
import { readBlocks } from '../../support/slack/read-blocks.ts';
import { until } from '../../support/until.ts';

let both: Both;
/** What the next answer to somebody on Slack says. */
const slackSays = async (name: string, typed: string) =>
  (await both.next(name, (person) => person.says(typed))).text;

const slackIn = (channel: string) =>
  both.slack.messages.filter((each) => each.channel === channel && each.metadata !== null && !each.gone);
const slackText = (channel: string) => slackIn(channel).map(({ blocks }) => readBlocks(blocks));
const discordIn = (channel: string) => both.discord.messagesIn(channel).filter(({ ephemeral }) => !ephemeral);
const discordText = (channel: string) => discordIn(channel).map(({ body }) => readable(body));

/** Whether the live card says this number in both general channels. */
const shows = (count: number) => () => {
  const texts = [slackText(both.slack.general)[0], discordText(both.discord.general)[0]];
  return texts.every((text) => countOn(text) === count);
};
const countOn = (text = '') => Number(/\d+/.exec(text)?.[0]);

/** The live card in Slack's general channel, as Ana sees it. */
async function cardOnSlack() {
  const ana = both.onSlack('Ana');
  const [message] = slackIn(both.slack.general);
  const card = await both.slack.until(() => ana.screen().find((seen) => ana.raw(seen) === message), 'it');
  const [label = ''] = card.buttons;
  return { ana, card, label };
}

async function pressesCountOnDiscord(): Promise<void> {
  const [posted] = discordIn(both.discord.general);
  if (!posted) throw new Error('No card on Discord');
  const { label } = await cardOnSlack();
  await both.onDiscord('Ana').presses(label, posted);
}

const workspaceOn = (platform: string) =>
  both.bot.database.workspace.findFirstOrThrow({ where: { platform, coalition: { name: 'Ready by Five' } } });

beforeAll(async () => {
  both = await openBoth();
  const { database } = both.bot;
  const linked = await both.setUp();
  expect(linked.text).toContain('This workspace is now part of Ready by Five');
  for (const [platform, refs] of [
    ['slack', [both.slack.general, both.slack.digest]],
    ['discord', [both.discord.general, both.discord.digest]],
  ] as const) {
    const { id: workspaceId, coalitionId } = await workspaceOn(platform);
    const rows = refs.map((ref, index) => ({ ref, name: index === 0 ? 'general' : 'digest' }));
    await database.place.createMany({ data: rows.map((row) => ({ ...row, coalitionId, workspaceId })) });
  }
});
afterAll(() => both.end());
afterEach(() => expect(both.discord.violations.splice(0)).toEqual([]));

test('whoever joins on Discord is in the directory on Slack', async () => {
  const ben = both.onDiscord('Ben');
  const form = await ben.runs('coalition join');
  await ben.fills({ organisation: 'Hope House', standing: 'member', zone: 'UTC' }, form);
  expect(await slackSays('Ana', '/partners list')).toContain('Hope House');
});

test('a member’s two accounts become one member, with the standing they have', async () => {
  const ana = both.onDiscord('Ana');
  const refused = await ana.runs('coalition settings');
  expect(refused.text).toContain('This is for people who joined');
  const code = codeIn(await both.next('Ana', (ana) => ana.says('/coalition link-me')));
  expect((await ana.runs('coalition link-me', { code })).text).toContain('Your accounts are joined');
  expect((await ana.runs('coalition settings')).text).toContain('Ready by Five');
  expect(await both.bot.database.member.count({ where: { name: 'Ana' } })).toBe(1);
});

test('one live card stands in both, and a press in either redraws both', async () => {
  await slackSays('Ana', `/sample live ${both.slack.general}`);
  await both.onDiscord('Ana').runs('sample live', { where: both.discord.general });
  await until('the card stands in both', () => {
    return slackIn(both.slack.general).length === 1 && discordIn(both.discord.general).length === 1;
  });
  const { ana, card, label } = await cardOnSlack();
  await ana.presses(label, card);
  await until('a press on Slack is seen in both', shows(2));
  await pressesCountOnDiscord();
  await until('a press on Discord is seen in both', shows(3));
});

test('a press is redrawn in both before anything else goes out, and planned for the next two seconds', async () => {
  const { slack, discord, bot } = both;
  const { database } = bot;
  const { ana, card, label } = await cardOnSlack();
  await until(
    'nothing is left to redraw',
    async () => (await database.posting.count({ where: { stale: true } })) === 0,
  );
  const stood = countOn(card.text);
  const changes = async () =>
    (await database.posting.aggregate({ _sum: { wantedVersion: true } }))._sum.wantedVersion ?? 0;
  // The second comes while both places still wait for the moment after the first.
  for (const count of [stood + 1, stood + 2]) {
    const [calls, requests, pressedAt] = [slack.calls.length, discord.requests.length, Date.now()];
    const versions = await changes();
    await ana.presses(label, card);
    await until('the press is written down', async () => (await changes()) > versions);
    // By the rows that say when a worker may send: how long the machine took for it says nothing.
    const waiting = await database.lane.findMany({
      where: { postings: { some: { stale: true } } },
    });
    for (const { openAt, workspaceId } of waiting) {
      const key = `redraw:${workspaceId}`;
      const pace = await database.sharedPace.findUnique({ where: { key } });
      const plannedAt = Math.max(openAt.getTime(), pace?.freeAt.getTime() ?? 0);
      expect(plannedAt - pressedAt).toBeLessThanOrEqual(2000);
    }
    await until('the press is seen in both', shows(count));
    expect(slack.calls.slice(calls).map(({ method, args }) => [method, args.channel])).toEqual([
      ['chat.update', slack.general],
    ]);
    expect(discord.requests.slice(requests).map(({ method, path }) => [method, path])).toEqual([
      ['PATCH', `/channels/${discord.general}/messages/${discordIn(discord.general)[0]?.id}`],
    ]);
  }
});

test('two hundred changes cost about one redraw a second in each place, and end with the last state', async () => {
  const { slack, discord } = both;
  const { ana, card, label } = await cardOnSlack();
  const stood = countOn(card.text);
  const firstCall = slack.calls.length;
  const firstRequest = discord.requests.length;
  const begun = Date.now();
  const pressing = async (press: () => Promise<unknown>) => {
    for (let time = 0; time < 100; time += 1) await press();
  };
  await Promise.all([pressing(() => ana.presses(label, card)), pressing(pressesCountOnDiscord)]);
  await until('both show the last state', shows(stood + 200));
  await until('nothing is left to redraw', async () => {
    return (await both.bot.database.posting.count({ where: { stale: true } })) === 0;
  });
  const seen = {
    slack: slack.calls
      .slice(firstCall)
      .filter(({ method, args }) => method === 'chat.update' && args.channel === slack.general)
      .map(({ at }) => at),
    discord: discord.requests
      .slice(firstRequest)
      .filter(({ method, path }) => method === 'PATCH' && path.startsWith(`/channels/${discord.general}/`))
      .map(({ at }) => at),
  };
  for (const [platform, times] of Object.entries(seen)) {
    const span = Math.max(...times) - begun;
    expect(times.length, platform).toBeGreaterThan(0);
    // One at once, then one for each second that went by.
    expect(times.length, `${platform} in ${span} ms`).toBeLessThanOrEqual(1 + span / 950);
  }
  expect(shows(stood + 200)()).toBe(true);
});

test('a channel that its platform slows down holds up no other, on either platform', async () => {
  const { slack, discord } = both;
  const tries = () => ({
    slack: slack.calls.filter(
      ({ method, args }) => method === 'chat.postMessage' && args.channel === slack.digest,
    ),
    discord: discord.requests.filter(
      ({ method, path }) => method === 'POST' && path.includes(discord.digest),
    ),
  });
  slack.misbehave('chat.postMessage', { fault: 'rate-limited', retryAfterSeconds: 5 }, 1, slack.digest);
  const limit = { fault: 'rate-limit', retryAfterSeconds: 5, scope: 'user' } as const;
  discord.faults.next('POST', `/channels/${discord.digest}/messages`, limit);
  await slackSays('Ana', `/sample live ${slack.digest}`);
  await both.onDiscord('Ana').runs('sample live', { where: discord.digest });
  await until('both were tried', () => tries().slack.length === 1 && tries().discord.length === 1);

  const before = slack.calls.length;
  await pressesCountOnDiscord();
  await until('the other channels are redrawn', () =>
    slack.calls
      .slice(before)
      .some(({ method, args }) => method === 'chat.update' && args.channel === slack.general),
  );
  await until('the slow channels have their message', () => {
    return slackIn(slack.digest).length === 1 && discordIn(discord.digest).length === 1;
  });
  const updated = slack.calls
    .slice(before)
    .find(({ method, args }) => method === 'chat.update' && args.channel === slack.general);
  const arrived = tries();
  expect(arrived.slack).toHaveLength(2);
  expect(arrived.discord).toHaveLength(2);
  expect(updated?.at).toBeLessThan(arrived.slack[1]?.at ?? 0);
  expect(updated?.at).toBeLessThan(arrived.discord[1]?.at ?? 0);
});

test('one digest goes to a Slack channel and a Discord channel, with the same words', async () => {
  const { slack, discord, bot } = both;
  await slackSays('Ana', '/digest schedule monday 09:00 #digest');
  const schedule = { weekday: 'monday', time: '09:00', channel: discord.digest };
  await both.onDiscord('Ana').runs('digest schedule', schedule);
  const before = { slack: slackIn(slack.digest).length, discord: discordIn(discord.digest).length };
  const issue = await bot.database.digestIssue.findFirstOrThrow({ where: { state: 'planned' } });
  both.goTo(new Date(issue.dueAt.getTime() + 1000));
  await bot.sweep();
  await until('it stands in both', async () => {
    await bot.sweep();
    return slackIn(slack.digest).length > before.slack && discordIn(discord.digest).length > before.discord;
  });
  const [onSlack, onDiscord] = [slackText(slack.digest).at(-1), discordText(discord.digest).at(-1)];
  expect(onSlack).toContain('Hope House');
  expect(onDiscord).toContain('Hope House');
  expect(await bot.database.digestIssue.count({ where: { state: 'sent' } })).toBe(1);
});

test('another coalition’s ids in a button are refused, on either platform', async () => {
  const { discord, bot } = both;
  const guild = discord.addGuild('Elsewhere', ['general']);
  discord.joinGuild(guild.id);
  const eve = both.onDiscord('Eve', guild.id);
  const form = await eve.runs('coalition setup');
  const done = await eve.fills({ name: 'Other', zone: 'UTC', language: 'en' }, form);
  expect(done.text).toContain('Other is set up');
  const ours = await workspaceOn('slack');
  const theirs = await bot.database.workspace.findFirstOrThrow({ where: { ref: guild.id } });
  const idOf = ({ id }: { id: string }) => unlinkConfirmPress.encode({ workspace: id as WorkspaceId });

  if (!done.message) throw new Error('No message to press on');
  const refused = await eve.pressesId(idOf(ours), done.message);
  expect(refused.text).toContain('That workspace is not part of this coalition');
  const ana = both.onSlack('Ana');
  const card = ana.screen().find((seen) => ana.raw(seen) === slackIn(both.slack.general)[0]);
  if (!card) throw new Error('No card on Slack');
  const answer = await both.next('Ana', () => ana.pressesId(idOf(theirs), card));
  expect(answer.text).toContain('That workspace is not part of this coalition');
  expect(await bot.database.workspace.count({ where: { unlinkedAt: null } })).toBe(3);
});

test('a staff button is refused to members, and to people who never joined, on either platform', async () => {
  const { bot } = both;
  const id = unlinkConfirmPress.encode({ workspace: (await workspaceOn('discord')).id as WorkspaceId });
  const [posted] = discordIn(both.discord.general);
  if (!posted) throw new Error('No card on Discord');
  const [ben, zed] = [both.onDiscord('Ben'), both.onDiscord('Zed')];
  expect((await ben.pressesId(id, posted)).text).toContain('This is for backbone staff');
  expect((await zed.pressesId(id, posted)).text).toContain('This is for people who joined');
  const yan = both.onSlack('Yan');
  const [card] = yan.screen();
  if (!card) throw new Error('No card on Slack');
  const answer = await both.next('Yan', () => yan.pressesId(id, card));
  expect(answer.text).toContain('This is for people who joined');
  expect(await bot.database.workspace.count({ where: { unlinkedAt: null } })).toBe(3);
});

test('a workspace that is taken out is redrawn no more, and catches up when it is linked again', async () => {
  const { slack, discord, bot } = both;
  const discordId = (await workspaceOn('discord')).id as WorkspaceId;
  const { ana, card, label } = await cardOnSlack();
  await until('both show the same', () => shows(countOn(card.text))());
  const stood = countOn(card.text);
  const ask = await both.next('Ana', () => ana.says('/coalition unlink'));
  await ana.picks(discordId, ask);
  await slack.until(() => ask.buttons.includes('Take it out'), 'the question');
  expect(ask.text).toContain('What stays');
  await ana.presses('Take it out', ask);
  await slack.until(() => ask.text.includes('is no longer part of the coalition'), 'the answer');
  const gone = await both.onDiscord('Ben').runs('coalition me');
  expect(gone.text).toContain('There is no coalition here yet');
  await ana.presses(label, card);
  await slack.until(() => countOn(card.text) === stood + 1, 'the change on Slack');
  expect(countOn(discordText(discord.general)[0])).toBe(stood);
  expect(await bot.database.posting.count({ where: { stale: true, lane: { workspaceId: discordId } } })).toBe(
    0,
  );

  const code = codeIn(await both.next('Ana', (ana) => ana.says('/coalition link')));
  const back = await both.onDiscord('Installer').runs('coalition link', { code });
  expect(back.text).toContain('It was here before');
  await until('the card on Discord has caught up', shows(stood + 1));
  expect((await both.onDiscord('Ben').runs('coalition me')).text).toContain('Hope House');
});
