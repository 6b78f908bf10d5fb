import { afterEach, expect, test } from 'vitest';
import { paragraph } from '../../../src/core/card.ts';
import { cardText } from '../../../src/core/card-text.ts';
import { defineFeature } from '../../../src/core/command.ts';
import type { DigestSection } from '../../../src/core/digest-section.ts';
import { limits } from '../../../src/core/limits.ts';
import { features } from '../../../src/features/all.ts';
import { digests } from '../../../src/features/digests/feature.ts';
import { say } from '../../../src/features/digests/words.ts';
import { fireTimer } from '../../../src/timers/fire.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';

let bot: TestBot;
let coalition: TestCoalition;
afterEach(() => bot.end());

/** Monday 2 March 2026, 09:00 in Winnipeg. */
const start = '2026-03-02T15:00:00Z';

async function begin(of: Parameters<typeof makeCoalition>[1] & { at?: string } = {}) {
  bot = await openTestBot({ at: of.at ?? start });
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: [{ name: 'Food Bank', voices: ['Ben'], members: ['Cleo'] }],
    ...of,
  });
  return { ana: coalition.person('Ana'), ben: coalition.person('Ben'), cleo: coalition.person('Cleo') };
}

async function passTo(at: string) {
  bot.clockHand.goTo(at);
  await bot.settle();
}

const readOut = (name = 'general') =>
  bot.channel(name).map((each) => cardText(each.card, { language: 'en', timeZone: 'America/Winnipeg' }));

const issues = () =>
  bot.database.digestIssue.findMany({ where: { coalitionId: coalition.id }, orderBy: { dueAt: 'asc' } });

test('staff schedule the digest, a partner announces, and it goes out once at its time', async () => {
  const { ana, ben } = await begin();
  const scheduled = await ana.says('/digest schedule wednesday 9:00 general');
  expect(scheduled.text).toContain('Every Wednesday at 09:00 (America/Winnipeg) in #general');
  expect(scheduled.text).toContain('Wednesday, 4 March 2026');
  const announced = await ben.says('/digest announce Open day on 12 March, <!channel> @everyone *welcome*');
  expect(announced.text).toContain('In the next digest');

  await passTo('2026-03-04T14:59:00Z');
  expect(bot.channel('general')).toHaveLength(0);
  await passTo('2026-03-04T15:00:00Z');
  const [digest, ...others] = readOut();
  expect(others).toEqual([]);
  expect(digest).toContain('Ready by Five: this week');
  expect(digest).toContain('Food Bank: Open day on 12 March, <!channel> @everyone *welcome*');
  expect(digest).not.toContain('late');

  const late = await ben.says('/digest announcements');
  expect(late.text).toContain('None yet');
  expect((await ana.says('/digest')).text).toContain('went out with 3 items');
});

test('a wrong time opens the form again with what was typed', async () => {
  const { ana } = await begin();
  const form = await ana.says('/digest schedule monday 25:00 general');
  expect(form.form?.fields.map(({ name, value }) => [name, value])).toContainEqual(['time', '25:00']);
  expect((await ana.fills({ time: '25:61' })).text).toContain('“25:61” is no time of day');
  await ana.presses('Open it again');
  expect((await ana.fills({ time: '16:30' })).text).toContain('Every Monday at 16:30');
});

test('a preview is word for word what goes out', async () => {
  const { ana, ben } = await begin({
    partners: [{ name: 'Food Bank', does: 'Feeds people', needs: ['drivers'], voices: ['Ben'] }],
  });
  await ana.says('/digest schedule wednesday 09:00 general');
  await bot.settle();
  await ben.presses('Approve', ben.inbox()[0]);
  await ben.says('/digest announce Come by');
  bot.clockHand.goTo('2026-03-04T14:59:59Z');
  const preview = (await ana.says('/digest preview')).card;
  await passTo('2026-03-04T15:00:00Z');
  const sent = bot.channel('general')[0]?.card;
  const divider = preview?.parts.findIndex((part) => part.part === 'divider') ?? 0;
  expect(sent?.parts.length).toBeGreaterThan(4);
  expect(preview?.parts.slice(divider + 1)).toEqual(sent?.parts);
});

test('with nothing to say nothing goes out, and staff see why', async () => {
  const { ana } = await begin({ partners: [{ name: 'Silent', voices: ['Ben'], spotlightConsent: false }] });
  await ana.says('/digest schedule wednesday 09:00 general');
  await leaveOut('new-partners');
  expect((await ana.says('/digest preview')).text).toContain('Nothing would go out now');
  await passTo('2026-03-04T15:00:00Z');
  expect(bot.channel('general')).toHaveLength(0);
  const status = await ana.says('/digest');
  expect(status.text).toContain('Wednesday, 4 March 2026: nothing went out, because no section had anything');
  expect(status.text).toContain('Wednesday, 11 March 2026');
});

test('after three weeks of downtime one digest goes out, marked late, and the others are recorded as missed', async () => {
  const { ana, ben } = await begin();
  await ana.says('/digest schedule wednesday 09:00 general');
  await ben.says('/digest announce Come by');
  await passTo('2026-03-26T10:00:00Z');
  const [digest, ...others] = readOut();
  expect(others).toEqual([]);
  expect(digest).toContain('This digest is late: it was due Wednesday, 25 March 2026');
  expect((await issues()).map(({ occurrence, state, late }) => [occurrence, state, late])).toEqual([
    ['2026-03-04', 'missed', false],
    ['2026-03-11', 'missed', false],
    ['2026-03-18', 'missed', false],
    ['2026-03-25', 'sent', true],
    ['2026-04-01', 'planned', false],
  ]);
  expect((await ana.says('/digest')).text).toContain('missed, because the bot was not running');
});

test('it keeps its wall-clock time over both clock changes', async () => {
  const { ana } = await begin({ timeZone: 'Europe/Paris', at: '2026-03-23T12:00:00Z' });
  await ana.says('/digest schedule sunday 02:30 general');
  await coalition.person('Ben').says('/digest announce Spring');
  await passTo('2026-03-29T00:29:00Z');
  expect((await issues())[0]?.dueAt.toISOString()).toBe('2026-03-29T01:30:00.000Z');
  await passTo('2026-03-29T01:30:00Z');
  const spring = await issues();
  expect(spring.map(({ state }) => state)).toEqual(['sent', 'planned']);
  // 02:30 in Paris is 00:30 in summer.
  expect(spring[1]?.dueAt.toISOString()).toBe('2026-04-05T00:30:00.000Z');
  await passTo('2026-10-25T00:00:00Z');
  const planned = (await issues()).at(-1);
  // 02:30 comes twice that night: the first one counts.
  expect([planned?.state, planned?.dueAt.toISOString()]).toEqual(['planned', '2026-10-25T00:30:00.000Z']);
  const before = bot.channel('general').length;
  for (const at of ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z']) {
    await coalition.person('Ben').says(`/digest announce News at ${at}`);
    await passTo(at);
  }
  expect(bot.channel('general').length - before).toBe(1);
});

test('moving the schedule after this week’s digest makes the next one next week’s', async () => {
  const { ana, ben } = await begin();
  await ana.says('/digest schedule wednesday 09:00 general');
  await ben.says('/digest announce One');
  await passTo('2026-03-04T15:00:00Z');
  expect(bot.channel('general')).toHaveLength(1);

  for (const typed of ['wednesday 15:00', 'friday 09:00']) {
    const moved = await ana.says(`/digest schedule ${typed} general`);
    expect(moved.text).toContain('This week had its digest already');
  }
  await ben.says('/digest announce Two');
  await passTo('2026-03-06T16:00:00Z');
  expect(bot.channel('general')).toHaveLength(1);
  await passTo('2026-03-13T14:00:00Z');
  expect(bot.channel('general')).toHaveLength(2);
  expect(readOut()[1]).toContain('Two');
});

test('moving it back and forth before it is due loses nothing and sends nothing twice', async () => {
  const { ana, ben } = await begin();
  for (const typed of ['wednesday 09:00', 'thursday 10:00', 'wednesday 09:00', 'wednesday 09:00']) {
    await ana.says(`/digest schedule ${typed} general`);
  }
  await ben.says('/digest announce One');
  await passTo('2026-03-04T15:00:00Z');
  await passTo('2026-03-05T16:00:00Z');
  expect(bot.channel('general')).toHaveLength(1);
});

test('a digest that is due while the schedule moves still goes out', async () => {
  const { ana, ben } = await begin();
  await ana.says('/digest schedule wednesday 09:00 general');
  await ben.says('/digest announce One');
  bot.clockHand.goTo('2026-03-04T15:05:00Z');
  await ana.says('/digest schedule monday 09:00 general');
  await bot.settle();
  expect(readOut()).toHaveLength(1);
  expect((await issues()).map(({ occurrence }) => occurrence)).toEqual(['2026-03-04', '2026-03-09']);
});

test('two workers with the same timer send one digest', async () => {
  const { ana, ben } = await begin();
  await ana.says('/digest schedule wednesday 09:00 general');
  await ben.says('/digest announce One');
  bot.clockHand.goTo('2026-03-04T15:00:00Z');
  const { id } = await bot.database.timer.findFirstOrThrow({
    where: { kind: 'digests.issue', doneAt: null },
  });
  const jobs = new Map(digests.jobs.map((job) => [job.kind, job]));
  const fired = await Promise.all([1, 2, 3].map(() => fireTimer(id, jobs, bot.tools)));
  expect(fired.filter((each) => each === 'done')).toHaveLength(1);
  await bot.settle();
  expect(bot.channel('general')).toHaveLength(1);
});

test('a coalition in two workspaces gets the digest in both', async () => {
  const { ana, ben } = await begin();
  await ana.says('/digest schedule wednesday 09:00 general');
  const { id: coalitionId } = coalition;
  const createdAt = bot.clockHand.now();
  const slack = await bot.database.workspace.create({
    data: { coalitionId, platform: 'slack', ref: 'slack-workspace', name: 'Slack', createdAt },
  });
  const there = bot.as('Ana', { platform: 'slack' });
  const account = { workspaceId: slack.id, memberId: coalition.memberId('Ana'), ref: there.ref, name: 'Ana' };
  await bot.database.account.create({ data: { coalitionId, ...account } });
  expect((await there.says('/digest schedule wednesday 09:00', { in: 'C0123456789' })).text).toContain(
    '#general, #',
  );
  await ben.says('/digest announce One');
  await passTo('2026-03-04T15:00:00Z');
  expect(bot.channel('general')).toHaveLength(1);
  expect(bot.channel('C0123456789', 'slack')).toHaveLength(1);
});

test('where no channel is left, staff are told and nothing is lost', async () => {
  const { ana, ben } = await begin();
  await ana.says('/digest schedule wednesday 09:00 general');
  await ben.says('/digest announce One');
  const removedAt = bot.clockHand.now();
  await bot.database.workspace.update({ where: { id: coalition.workspaceId }, data: { removedAt } });
  await passTo('2026-03-04T15:00:00Z');
  expect((await issues())[0]?.state).toBe('nowhere');
  expect(await bot.database.staffTask.count({ where: { kind: 'digest-nowhere', doneAt: null } })).toBe(1);
  await bot.database.workspace.update({ where: { id: coalition.workspaceId }, data: { removedAt: null } });
  await passTo('2026-03-11T14:00:00Z');
  expect(readOut()[0]).toContain('One');
  expect(await bot.database.staffTask.count({ where: { kind: 'digest-nowhere', doneAt: null } })).toBe(0);
});

test('five thousand items still make one card, and the rest is counted', async () => {
  const many: DigestSection = {
    name: 'many',
    title: () => 'Many',
    collect: async () =>
      Array.from({ length: 5000 }, (_, index) => ({
        key: `item-${index}`,
        label: `Item ${index}`,
        parts: [paragraph([`Item ${index}: ${'x'.repeat(60)}`])],
      })),
  };
  const flood = defineFeature({ name: 'flood', say, adds: { digest: [many] } });
  bot = await openTestBot({ at: start, features: [...features, flood] });
  coalition = await makeCoalition(bot, { partners: [{ name: 'Food Bank', voices: ['Ben'] }] });
  await coalition.person('Ana').says('/digest schedule wednesday 09:00 general');
  const long = 'y'.repeat(600);
  for (let index = 0; index < 8; index += 1) {
    await coalition.person('Ben').says(`/digest announce ${index} ${long.slice(2)}`);
  }
  const preview = await coalition.person('Ana').says('/digest preview');
  expect(preview.text.length).toBeLessThanOrEqual(limits.cardText);
  expect(preview.card?.parts.length).toBeLessThanOrEqual(limits.cardParts);
  await passTo('2026-03-04T15:00:00Z');
  const card = bot.channel('general')[0]?.card ?? { parts: [] };
  const [digest = ''] = readOut();
  expect(digest.length).toBeLessThanOrEqual(limits.cardText);
  expect(card.parts.length).toBeLessThanOrEqual(limits.cardParts);
  const told = digest.match(/Item \d+/g)?.length ?? 0;
  expect(told).toBeGreaterThanOrEqual(3);
  expect(digest).toContain(`And ${(5000 - told).toLocaleString('en')} more.`);
  const announced = digest.match(/Food Bank: \d/g)?.length ?? 0;
  expect(announced).toBeGreaterThan(0);
  expect(digest).toContain(`${8 - announced} more announcements wait for the next digest`);
  const waiting = await bot.database.announcement.count({ where: { state: 'waiting' } });
  expect(waiting).toBe(8 - announced);
});

/** Leaves out what another feature may add, so that a test can speak of an empty digest. */
async function leaveOut(section: string) {
  const issue = await bot.database.digestIssue.findFirstOrThrow({ where: { state: 'planned' } });
  await bot.database.digestDrop.create({
    data: {
      coalitionId: coalition.id,
      issueId: issue.id,
      section,
      key: '*',
      label: section,
      droppedAt: bot.clockHand.now(),
    },
  });
}

test('how many were introduced is told, never who, and is no reason for a digest of its own', async () => {
  const { ana, ben } = await begin({
    partners: [
      { name: 'Food Bank', voices: ['Ben'], joinedAt: '2025-06-01T00:00:00Z' },
      { name: 'Library', voices: ['Dee'], joinedAt: '2025-06-01T00:00:00Z' },
    ],
  });
  await ana.says('/digest schedule wednesday 09:00 general');
  await passTo('2026-03-02T16:00:00Z');
  await ana.says('/intros one one:Ben other:Dee reason:"Both asked about reading"');
  await bot.settle();
  const alone = await ana.says('/digest preview');
  expect(alone.text).toContain('Nothing would go out now');
  await ben.says('/digest announce Come by');
  await passTo('2026-03-04T15:00:00Z');
  const [digest = ''] = readOut();
  expect(digest).toContain('Introductions\nOne introduction was made.');
  expect(digest).not.toContain('Library');
  await ben.says('/digest announce Come again');
  await passTo('2026-03-11T14:00:00Z');
  expect(readOut()[1]).not.toContain('Introductions');
});
