import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CoalitionId, MemberId } from '../../../src/core/ids.ts';
import type { ReachKind } from '../../../src/core/ports.ts';
import { findDecision } from '../../../src/features/decisions/decision/store.ts';
import { nudgeOne } from '../../../src/features/decisions/nudging/jobs.ts';
import { findMember, getCoalition } from '../../../src/identity/store.ts';
import type { Seen } from '../../adapters/contract.ts';
import { askCard } from '../../support/asking-feature.ts';
import { openBenAndCleo } from '../../support/both/joined.ts';
import type { Both } from '../../support/both/under-test.ts';
import { readable } from '../../support/discord/person.ts';
import { readBlocks } from '../../support/slack/read-blocks.ts';
import { until } from '../../support/until.ts';

/** One budget for everybody's attention, in two places: one card answerable, away, pause, and a week of downtime. */
let both: Both;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
let at: Date;

beforeAll(async () => {
  both = await openBenAndCleo();
  // The day after everybody joined and was told so.
  goTo(dayMs);
  const { text } = await says('Ana', '/attention limits week:20 day:20 asks:0');
  expect(text).toContain('20');
});
afterAll(() => both.end());

function goTo(aheadMs: number) {
  at = new Date(Date.now() + aheadMs);
  both.goTo(at);
}
const says = (name: string, typed: string) => both.next(name, () => both.onSlack(name).says(typed));
const directOnDiscord = (name: string) =>
  both.discord.messagesIn(both.discord.world.direct.get(both.onDiscord(name).id) ?? '');
function directOnSlack(name: string) {
  const person = both.onSlack(name);
  const isDirect = (seen: Seen) => person.raw(seen).channel === person.directMessages;
  return person.screen().filter((seen) => isDirect(seen) && seen.text !== '');
}
const settled = (what: string, done: () => boolean | Promise<boolean>) =>
  until(what, async () => {
    await both.bot.sweep();
    return done();
  });

async function whole() {
  const row = await both.bot.database.coalition.findFirstOrThrow();
  return getCoalition(both.bot.database, row.id as CoalitionId);
}
async function reach(name: string, subject: string, kind: ReachKind = 'ask') {
  const { database, tools } = both.bot;
  const { id } = await database.member.findFirstOrThrow({ where: { name, leftAt: null } });
  const coalition = await whole();
  const message = { coalition, member: id as MemberId, kind, from: 'test', subject, card: askCard(subject) };
  await tools.write((writing) => tools.outreach.reach(writing, { ...message, why: ['because it is tried'] }));
}
/** How many messages of several things somebody got, and what the last one says. */
const isJoined = /(?:What we need from you|For you): \d+ things/;
const joinedOnSlack = (name: string) => directOnSlack(name).filter(({ text }) => isJoined.test(text));
const joinedOnDiscord = (name: string) =>
  directOnDiscord(name).filter(({ body }) => isJoined.test(readable(body)));

/** Ana asks something in #general; a decision is open on both platforms. */
async function asksSomething(question: string) {
  const ana = both.onSlack('Ana');
  const preview = await both.fillsOnSlack('Ana', () => ana.says('/decide new'), {
    ...{ question, rule: 'majority', until: '30 days' },
  });
  await ana.presses('Open it', preview);
  await both.slack.until(() => preview.gone || !preview.buttons.includes('Open it'), 'it to be open');
  const row = await both.bot.database.decision.findFirstOrThrow({ where: { question } });
  return findDecision(both.bot.database, row.coalitionId as CoalitionId, row.id as never);
}
const readsOfChannel = () =>
  both.slack.messages
    .filter(({ channel, metadata, gone }) => channel === both.slack.general && metadata !== null && !gone)
    .map(({ blocks }) => readBlocks(blocks ?? []));

test('whoever is away hears nothing; back, they have one card with everything, answered where it stands', async () => {
  const decision = await asksSomething('Shall we share a van?');
  if (!decision) throw new Error('No decision is open');
  const until10 = new Date(at.getTime() + 10 * dayMs).toISOString().slice(0, 10);
  expect((await says('Ben', `/coalition away until:${until10}`)).text).toContain('You are away');
  expect((await both.onDiscord('Cleo').runs('coalition away', { until: until10 })).text).toContain('away');
  const coalition = await whole();
  for (const name of ['Ben', 'Cleo']) {
    const { id } = await both.bot.database.member.findFirstOrThrow({ where: { name } });
    const member = await findMember(both.bot.database, coalition.id, id as MemberId);
    if (!member) throw new Error(`${name} is gone`);
    const { tools } = both.bot;
    await tools.write((writing) => nudgeOne(writing, tools, coalition, decision, member, 'opening-1'));
    await reach(name, 'a gift', 'give');
  }
  await both.bot.sweep();
  expect([joinedOnSlack('Ben'), joinedOnDiscord('Cleo')]).toEqual([[], []]);

  const ben = both.onSlack('Ben');
  expect((await says('Ben', '/coalition back')).text).toContain('2 things wait for you');
  await both.onDiscord('Cleo').runs('coalition back');
  await settled('both have their card', () =>
    [joinedOnSlack('Ben'), joinedOnDiscord('Cleo')].every((all) => all.length === 1),
  );
  const [onSlack] = joinedOnSlack('Ben');
  const [onDiscord] = joinedOnDiscord('Cleo');
  if (!onSlack || !onDiscord) throw new Error('No card');
  await ben.presses('Yes', onSlack);
  await until('Ben’s vote counts', async () => (await both.bot.database.decisionBallot.count()) === 1);
  await both.onDiscord('Cleo').presses('No', onDiscord);
  await until('Cleo’s vote counts', async () => (await both.bot.database.decisionBallot.count()) === 2);
  expect(joinedOnSlack('Ben')[0]?.text).toContain('a gift');
});

test('a pause holds people, channels and cards; afterwards each is told once, and cards are as they are then', async () => {
  const decision = await asksSomething('Shall we meet on Mondays?');
  await settled('it stands in the channel', () => readsOfChannel().some((text) => text.includes('Mondays')));
  expect((await both.onDiscord('Ana').runs('coalition pause')).text).toContain('Paused');
  const seen = () => readsOfChannel().find((text) => text.includes('Mondays'));
  const before = seen();
  const ben = both.onSlack('Ben');
  const card = ben
    .screen()
    .findLast(({ text, buttons }) => text.includes('Mondays') && buttons.includes('Yes'));
  if (!card || !decision) throw new Error('No card');
  await both.next('Ben', () => ben.presses('Yes', card));
  // What people ask for goes on: the card is shared, and voted on there.
  const cleo = both.onDiscord('Cleo');
  await cleo.runs('decide share', { decision: decision.number });
  const shared = () =>
    both.discord
      .messagesIn(both.discord.general)
      .find(({ body, ephemeral }) => !ephemeral && readable(body).includes('Mondays'));
  await settled('it stands on Discord too', () => shared() !== undefined);
  const onDiscord = shared();
  if (onDiscord) await cleo.presses('Yes', onDiscord);
  for (const subject of ['one', 'two']) {
    await reach('Ben', subject);
    await reach('Cleo', subject);
  }
  const counts = [joinedOnSlack('Ben').length, joinedOnDiscord('Cleo').length];
  goTo(32 * dayMs);
  await settled('it is closed', async () => {
    const row = await both.bot.database.decision.findUniqueOrThrow({ where: { id: decision.id } });
    return row.state === 'closed';
  });
  // Decided and on record; but nothing went out by itself.
  expect(seen()).toBe(before);
  expect(readsOfChannel().filter((text) => text.includes('Mondays'))).toHaveLength(1);
  expect((await says('Ana', '/attention preview')).text).toContain('has just closed');

  expect((await says('Ana', '/coalition resume')).text).toContain('channel');
  const resuming = { kind: 'outreach.resume', doneAt: null };
  await settled('everybody’s message is planned', async () => {
    return (await both.bot.database.timer.count({ where: resuming })) === 0;
  });
  goTo(32 * dayMs + 3 * hourMs);
  await settled('everything has gone out', async () => {
    const waiting = { state: { in: ['waiting', 'paused'] } };
    const [posts, people] = [
      await both.bot.database.outgoing.count({ where: waiting }),
      await both.bot.database.outreach.count({ where: { state: 'waiting' } }),
    ];
    return posts + people === 0;
  });
  await settled('the card shows the outcome', () => seen() !== before);
  await settled('each has one card more', () =>
    [joinedOnSlack('Ben').length, joinedOnDiscord('Cleo').length].every(
      (count, index) => count === (counts[index] ?? 0) + 1,
    ),
  );
  // The card itself and one post with the outcome.
  await settled(
    'the outcome is told',
    () => readsOfChannel().filter((text) => text.includes('Mondays')).length === 2,
  );
});

test('after a week of downtime there is no flood: one card each, with all that was late', async () => {
  const decision = await asksSomething('Shall we print leaflets?');
  const coalition = await whole();
  goTo(32 * dayMs + 5 * hourMs);
  const counts = [joinedOnSlack('Ben').length, joinedOnDiscord('Cleo').length];
  const everything = [directOnSlack('Ben').length, directOnDiscord('Cleo').length];
  // Everybody's night: what is wanted now would come in the morning, but the bot is down by then.
  await both.bot.database.member.updateMany({
    data: { awayUntil: new Date(at.getTime() + 12 * hourMs) },
  });
  for (const name of ['Ben', 'Cleo']) {
    const { id } = await both.bot.database.member.findFirstOrThrow({ where: { name } });
    const member = await findMember(both.bot.database, coalition.id, id as MemberId);
    if (!member || !decision) throw new Error('Nobody to ask');
    const { tools } = both.bot;
    await tools.write((writing) => nudgeOne(writing, tools, coalition, decision, member, 'opening-1'));
    for (const subject of ['late one', 'late two', 'late three']) await reach(name, subject);
  }
  const heartbeat = { at: new Date(Date.now() - 7 * dayMs) };
  await both.bot.database.heartbeat.updateMany({ where: { name: 'sweep' }, data: heartbeat });
  goTo(39 * dayMs);
  await both.bot.sweep();
  expect([directOnSlack('Ben').length, directOnDiscord('Cleo').length]).toEqual(everything);
  goTo(39 * dayMs + 11 * 60_000);
  await settled('each has their card', () =>
    [joinedOnSlack('Ben').length, joinedOnDiscord('Cleo').length].every(
      (count, index) => count === (counts[index] ?? 0) + 1,
    ),
  );
  expect([directOnSlack('Ben').length, directOnDiscord('Cleo').length]).toEqual(
    everything.map((count) => count + 1),
  );
  const card = joinedOnSlack('Ben').at(-1);
  expect(card?.text).toContain('What we need from you: 4 things');
  for (const what of ['leaflets', 'late one', 'late three']) expect(card?.text).toContain(what);
  expect(both.discord.violations).toEqual([]);
});

test('whoever snoozes in either place hears nothing, and ends it there', async () => {
  expect((await says('Ben', '/coalition snooze days:3')).text).toContain('I write nothing to you unasked');
  const cleo = both.onDiscord('Cleo');
  expect((await cleo.runs('coalition snooze', { days: 3 })).text).toContain('I write nothing to you unasked');
  const counts = () => [directOnSlack('Ben').length, directOnDiscord('Cleo').length];
  for (const name of ['Ben', 'Cleo']) await reach(name, 'after the rest', 'give');
  const before = counts();
  await both.bot.sweep();
  expect(counts()).toEqual(before);
  await says('Ben', '/coalition back');
  await cleo.runs('coalition back');
  await settled('both have it', () => {
    const onSlack = directOnSlack('Ben').some(({ text }) => text.includes('after the rest'));
    return onSlack && directOnDiscord('Cleo').some(({ body }) => readable(body).includes('after the rest'));
  });
});

test('staff see from either place what is held, what went out and who can be reached, and send it anyway', async () => {
  await says('Ana', '/attention limits asks:1');
  const held = async () => (await both.bot.database.outreach.findMany({ where: { state: 'held' } })).length;
  for (const [index, name] of ['Ben', 'Cleo'].entries()) {
    await reach(name, 'first ask');
    await settled('it has gone', async () => {
      return (await both.bot.database.outreach.count({ where: { state: 'waiting' } })) === 0;
    });
    await reach(name, 'second ask');
    await settled('the next is held', async () => (await held()) === index + 1);
  }
  const ana = both.onDiscord('Ana');
  const onDiscord = await ana.runs('attention held');
  expect(onDiscord.text).toContain('**Food Bank**: 1 ask in a row');
  expect((await ana.presses('Send anyway to Food Bank', onDiscord)).text).toContain('one ask to Food Bank');
  const onSlack = await says('Ana', '/attention held');
  expect(onSlack.text).not.toContain('Food Bank');
  await both.onSlack('Ana').presses('Send anyway to Library', onSlack);
  await settled('both have it', () => {
    const ben = directOnSlack('Ben').some(({ text }) => text.includes('second ask'));
    return ben && directOnDiscord('Cleo').some(({ body }) => readable(body).includes('second ask'));
  });
  for (const { text } of [await says('Ana', '/attention sent'), await ana.runs('attention sent')])
    expect(text).toMatch(/second ask\W* to .*because it is tried/);
  for (const { text } of [await says('Ana', '/attention reach'), await ana.runs('attention reach')])
    expect(text).toContain('Everybody who joined has a way that works');
});

test('a hand-over that begins on Slack is answered on Discord, and confirmed on Slack', async () => {
  const bea = both.onDiscord('Bea');
  const joining = { organisation: 'Food Bank', standing: 'alternate', zone: 'UTC' };
  await bea.fills(joining, await bea.runs('coalition join'));
  // It gives something, and what is asked next is weighed against that.
  await settled('Ben is told', () =>
    directOnSlack('Ben').some(({ text }) => text.includes('Bea has joined')),
  );
  await says('Ana', `/attention handover member:<@${both.onSlack('Ben').ref}>`);
  const asked = () =>
    directOnDiscord('Bea').find(({ body }) => readable(body).includes('Who speaks for Food Bank now?'));
  await settled('Bea is asked', () => asked() !== undefined);
  const card = asked();
  if (card) expect((await bea.presses('I take over', card)).text).toContain('confirm it');
  const list = await says('Ana', '/attention handovers');
  expect(list.text).toContain('They say that Bea takes over');
  await both.onSlack('Ana').presses('Confirm Bea', list);
  const { id } = await both.bot.database.member.findFirstOrThrow({ where: { name: 'Bea' } });
  await until('Bea speaks for it', async () => {
    const row = await both.bot.database.member.findUniqueOrThrow({ where: { id } });
    return row.standing === 'representative';
  });
  expect(both.discord.violations).toEqual([]);
});
