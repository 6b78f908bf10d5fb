import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { decisions } from '../../../src/features/decisions/feature.ts';
import { directory } from '../../../src/features/directory/feature.ts';
import { meetings } from '../../../src/features/meetings/feature.ts';
import { roles } from '../../../src/features/roles/feature.ts';
import { type Both, openBoth } from '../../support/both/under-test.ts';
import { readable } from '../../support/discord/person.ts';
import { readBlocks } from '../../support/slack/read-blocks.ts';
import { until } from '../../support/until.ts';

const dayMs = 86_400_000;
const now = Date.now();
/** 15:00 UTC in a week, and the day after. */
const first = `${new Date(now + 7 * dayMs).toISOString().slice(0, 10)} 15:00`;
const second = `${new Date(now + 8 * dayMs).toISOString().slice(0, 10)} 15:00`;

let both: Both;
beforeAll(async () => {
  both = await openBoth({ features: [directory, roles, decisions, meetings] });
  const { database } = both.bot;
  const ana = both.onSlack('Ana');
  await ana.says('/coalition setup');
  await both.slack.until(() => ana.form(), 'the form');
  await ana.fills({ name: 'Ready by Five', zone: 'UTC', language: 'en' });
  await both.slack.until(() => ana.screen().length > 0, 'the answer');
  const coalition = await database.coalition.findFirstOrThrow();
  const coalitionId = coalition.id;
  // Nobody is spared: the test is not about quiet hours.
  await database.coalition.update({
    where: { id: coalitionId },
    data: { quietHoursStart: '00:00', quietHoursEnd: '00:00', workingDays: [1, 2, 3, 4, 5, 6, 7] },
  });
  const createdAt = new Date();
  const slack = await database.workspace.findFirstOrThrow({ where: { platform: 'slack' } });
  const discord = await database.workspace.create({
    data: { coalitionId, platform: 'discord', ref: both.discord.guildId, name: 'Neighbours', createdAt },
  });
  const voices = [
    { name: 'Ben', partner: 'Clinic', workspaceId: slack.id, ref: both.onSlack('Ben').ref },
    { name: 'Cleo', partner: 'Food Bank', workspaceId: discord.id, ref: both.onDiscord('Cleo').id },
  ];
  for (const { name, partner, workspaceId, ref } of voices) {
    const [partnerId, memberId] = [randomUUID(), randomUUID()];
    const since = { joinedAt: createdAt, confirmedAt: createdAt };
    await database.partner.create({
      data: { id: partnerId, coalitionId, name: partner, nameKey: partner.toLowerCase(), ...since },
    });
    const said = { name, standing: 'representative', language: 'en', timeZone: 'UTC', joinedAt: createdAt };
    await database.member.create({ data: { id: memberId, coalitionId, partnerId, ...said } });
    await database.account.create({ data: { coalitionId, workspaceId, memberId, ref, name } });
  }
  both.discord.world.mayCreateEvents.add(both.discord.guildId);
});
afterAll(() => both.end());
afterEach(() => expect(both.discord.violations.splice(0)).toEqual([]));

const onSlack = () =>
  both.slack.messages.filter(
    (each) => each.channel === both.slack.general && each.visibleTo === null && !each.gone,
  );
const slackText = () => onSlack().map(({ blocks }) => readBlocks(blocks));
const cleosMail = () => {
  const channel = both.discord.world.direct.get(both.onDiscord('Cleo').id) ?? '';
  return both.discord.messagesIn(channel);
};

/** What somebody on Slack sees next that holds these words. */
async function sees(name: string, words: string) {
  const person = both.onSlack(name);
  return both.slack.until(
    () => person.screen().findLast((seen) => !seen.gone && seen.text.includes(words)),
    words,
  );
}

async function proposesOnSlack(about: string, times: string) {
  const ana = both.onSlack('Ana');
  await ana.says('/meet propose');
  await both.slack.until(() => ana.form(), 'the form');
  await ana.fills({ about, why: 'We agree who opens when.', times, length: '60 min', where: 'Town hall' });
  await ana.presses('Send it', await sees('Ana', `Read it back: ${about}`));
  await until('the poll stands', () =>
    slackText().some((text) => text.includes(`When shall we meet? ${about}`)),
  );
}

async function goTo(at: Date, what: string, there: () => unknown): Promise<void> {
  both.goTo(at);
  await until(what, async () => {
    await both.bot.sweep();
    return Boolean(await there());
  });
}

test('proposed on Slack, it is answered on Slack and on Discord, and chosen', async () => {
  await proposesOnSlack('Winter plan', `${first}\n${second}`);
  await until('Cleo is asked', () => cleosMail().length > 0);
  const [invitation] = cleosMail();
  if (!invitation) throw new Error('Cleo got nothing');
  expect(readable(invitation.body)).toContain('When can you? Winter plan');
  const cleo = both.onDiscord('Cleo');
  expect((await cleo.presses('1: Yes', invitation)).text).toContain('you said yes');

  const ben = both.onSlack('Ben');
  await ben.presses('Answer', await sees('Ben', 'When shall we meet? Winter plan'));
  await ben.presses('1: If need be', await sees('Ben', 'You answer for Clinic'));
  await until('both answers stand', () =>
    slackText().some((text) => text.includes('1 yes, 1 if need be, 0 no')),
  );

  const ana = both.onSlack('Ana');
  await ana.says('/meet choose 1');
  const choice = await sees('Ana', 'Choose a time: Winter plan');
  await ana.presses(choice.buttons[0] ?? '', choice);
  await until('it is settled', () => slackText().some((text) => text.includes('It is settled: Winter plan')));
});

test('it stands among the server’s events, and its file is with each person', async () => {
  await until('the event', () => both.discord.world.events.size === 1);
  const [event] = both.discord.world.events.values();
  expect(event).toMatchObject({ name: 'Winter plan', status: 1, entity_metadata: { location: 'Town hall' } });
  expect(new Date(event?.scheduled_start_time ?? 0).toISOString()).toContain(`${first.slice(0, 10)}T15:00`);
  await until('Cleo is told', () => cleosMail().some(({ files }) => files.length > 0));
  const [file] = cleosMail().flatMap(({ files }) => files);
  expect(file?.name).toBe('winter-plan-1.ics');
  expect(file?.text).toContain('METHOD:PUBLISH');
});

test('moved on Slack, the event moves on Discord', async () => {
  await both.onSlack('Ana').says(`/meet move 1 ${second}`);
  await until('the event moves', () => {
    const [event] = both.discord.world.events.values();
    return new Date(event?.scheduled_start_time ?? 0).toISOString().startsWith(second.slice(0, 10));
  });
});

test('when it starts the roll is called, and whoever was absent catches up on Discord', async () => {
  const startsAt = new Date(`${second.replace(' ', 'T')}:30Z`);
  await goTo(startsAt, 'the roll', () =>
    slackText().some((text) => text.includes('Who is here? Winter plan')),
  );
  await both.onSlack('Ben').presses('We are here', await sees('Ben', 'Who is here?'));
  await until('Ben is here', () => slackText().some((text) => text.includes('Here: Clinic')));
  const ana = both.onSlack('Ana');
  await ana.presses('Write something down', await sees('Ana', 'Who is here?'));
  await both.slack.until(() => ana.form(), 'the form');
  await ana.fills({ kind: 'decision', text: 'We open on Mondays.' });
  await sees('Ana', 'Written down: We open on Mondays.');
  await ana.presses('Finish the meeting', await sees('Ana', 'Who is here?'));
  await ana.presses('Send it, and let everybody decide', await sees('Ana', 'There was no quorum of 2'));
  await until('the pack', () => cleosMail().some(({ body }) => readable(body).includes('What you missed')));
  const pack = cleosMail().findLast(({ body }) => readable(body).includes('What you missed'));
  if (!pack) throw new Error('No pack');
  expect(readable(pack.body)).toContain('We open on Mondays. (decision 1 asks everybody)');
  expect((await both.onDiscord('Cleo').presses('Caught up', pack)).text).toContain('Food Bank is caught up');
  await until('the minutes know', () => slackText().some((text) => /caught up\D+1\D+1/i.test(text)));
});

test('without the permission there is one task for staff, and everything else goes on', async () => {
  both.discord.world.mayCreateEvents.clear();
  const later = (days: number) => `${new Date(now + days * dayMs).toISOString().slice(0, 10)} 15:00`;
  for (const [index, about] of ['Spring plan', 'Summer plan'].entries()) {
    await proposesOnSlack(about, later(20 + index));
    const ana = both.onSlack('Ana');
    await ana.says(`/meet choose ${index + 2}`);
    const choice = await sees('Ana', `Choose a time: ${about}`);
    await ana.presses(choice.buttons[0] ?? '', choice);
    await ana.presses('Take it all the same', await sees('Ana', `Not everybody it needs: ${about}`));
    await until('it is settled', () => slackText().some((text) => text.includes(`It is settled: ${about}`)));
  }
  const tasks = () => both.bot.database.staffTask.findMany({ where: { kind: 'calendar-unreachable' } });
  await until('a task', async () => (await tasks()).length > 0);
  await until('nothing waits', async () => {
    return (
      (await both.bot.database.outgoing.count({ where: { state: { in: ['waiting', 'sending'] } } })) === 0
    );
  });
  const [task, ...more] = await tasks();
  expect(more).toEqual([]);
  expect(JSON.stringify(task?.text)).toContain('Create Events');
  expect(both.discord.world.events.size).toBe(1);
});
