import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { features } from '../../../src/features/all.ts';
import { type Both, openBoth } from '../../support/both/under-test.ts';
import { manageRoles, membersOf, rolesOf } from '../../support/discord/api-roles.ts';
import type { DiscordPerson } from '../../support/discord/person.ts';
import { until } from '../../support/until.ts';

let both: Both;
let ana: DiscordPerson;
const partners = { Ben: 'Food Bank', Cleo: 'Library', Dan: 'Clinic' } as const;
const at = new Date();

/** A coalition in both places: Ben is on Discord only, Cleo on both, Dan on Slack only. */
beforeAll(async () => {
  both = await openBoth({ features });
  const { database } = both.bot;
  const { id: coalitionId } = await database.coalition.create({
    data: { name: 'Ready by Five', timeZone: 'UTC', createdAt: at },
  });
  const workspace = async (platform: string, ref: string) =>
    (await database.workspace.create({ data: { coalitionId, platform, ref, name: platform, createdAt: at } }))
      .id;
  const server = await workspace('discord', both.discord.guildId);
  const team = await workspace('slack', both.slack.team.id);
  ana = both.onDiscord('Ana');

  async function join(name: string, partnerId: string | null, on: { discord?: boolean; slack?: boolean }) {
    const standing = partnerId ? 'representative' : 'backbone';
    const { id: memberId } = await database.member.create({
      data: { coalitionId, partnerId, name, standing, language: 'en', timeZone: 'UTC', joinedAt: at },
    });
    const account = (workspaceId: string, ref: string) =>
      database.account.create({ data: { coalitionId, workspaceId, memberId, ref, name } });
    if (on.discord) {
      await account(server, both.onDiscord(name).id);
      membersOf(both.discord.world, both.discord.guildId).set(both.onDiscord(name).id, new Set());
    }
    if (on.slack) await account(team, both.onSlack(name).ref);
  }
  await join('Ana', null, { discord: true, slack: true });
  for (const [name, partner] of Object.entries(partners)) {
    const { id } = await database.partner.create({
      data: { coalitionId, name: partner, nameKey: partner.toLowerCase(), joinedAt: at, confirmedAt: at },
    });
    await join(name, id, { discord: name !== 'Dan', slack: name !== 'Ben' });
  }
  for (const title of ['Host', 'Greeter']) {
    await database.role.create({
      data: {
        ...{ coalitionId, title, titleKey: title.toLowerCase(), purpose: 'Opens the door', state: 'open' },
        ...{ minutesAMonth: 60, leastSeats: 1, mostSeats: 2, createdAt: at },
      },
    });
  }
});
afterAll(() => both.end());
afterEach(() => expect(both.discord.violations.splice(0)).toEqual([]));

const roles = () => rolesOf(both.discord.world, both.discord.guildId);
function addRole(name: string, position: number, permissions = 0n) {
  const made = {
    id: both.discord.world.snowflake(),
    name,
    position,
    permissions: String(permissions),
    managed: false,
  };
  roles().push(made);
  return made;
}
const has = (name: string, role: { id: string }) =>
  membersOf(both.discord.world, both.discord.guildId).get(both.onDiscord(name).id)?.has(role.id) ?? false;
const own = () => roles().find(({ name }) => name === 'Common Thread') as ReturnType<typeof addRole>;

/** As if the quarter of an hour had passed after which a hindrance is looked at again. */
async function lookAgain() {
  await both.bot.database.roleGroup.updateMany({ data: { waitUntil: null } });
  await both.bot.sweep();
}
/** Looks again for as long as it takes: a look that had begun before may note its hindrance after ours. */
const lookAgainUntil = (what: string, holds: () => boolean | Promise<boolean>) =>
  until(what, async () => {
    if (await holds()) return true;
    await lookAgain();
    return false;
  });
async function tasks() {
  const open = await both.bot.database.staffTask.findMany({ where: { kind: 'role-group', doneAt: null } });
  return open.map(({ text }) => JSON.stringify(text));
}
const group = (title: string) =>
  both.bot.database.role
    .findFirstOrThrow({ where: { title } })
    .then(({ id }) => both.bot.database.roleGroup.findFirst({ where: { roleId: id } }));
const problemOf = async (title: string) => (await group(title))?.problem ?? null;

test('staff link a Discord role, and are told in one task after the other what keeps the bot from it', async () => {
  addRole('Hosts', 5, 1n << 3n);
  const answer = await ana.runs('roles sync', { role: 'Host', group: 'Hosts' });
  expect(answer.text).toContain('From now on “Hosts” follows who holds “Host”');
  const mends: [string, string, () => void][] = [
    [
      'not-allowed',
      'Manage Roles: switch it on',
      () => Object.assign(own(), { permissions: String(manageRoles) }),
    ],
    ['too-strong', 'I hand out none', () => Object.assign(roles().at(-1) ?? {}, { permissions: '0' })],
    ['too-high', 'drag it up in Server settings', () => Object.assign(own(), { position: 9 })],
  ];
  for (const [problem, words, mend] of mends) {
    await lookAgainUntil(problem, async () => (await problemOf('Host')) === problem);
    await until('the task', async () => (await tasks()).join().includes(words));
    expect(await tasks()).toHaveLength(1);
    mend();
  }
  await lookAgainUntil(
    'it is in step',
    async () => (await problemOf('Host')) === null && (await group('Host'))?.ref !== null,
  );
  await until('the task is done', async () => (await tasks()).length === 0);
});

test('the role follows seats that are taken and given back, and nobody else’s is touched', async () => {
  const hosts = roles().find(({ name }) => name === 'Hosts') ?? addRole('none', 1);
  const members = membersOf(both.discord.world, both.discord.guildId);
  // Cleo has it by hand already, and so has somebody who has nothing to do with the coalition.
  members.get(both.onDiscord('Cleo').id)?.add(hosts.id);
  members.set('900000000000000001', new Set([hosts.id]));
  await both.onDiscord('Ben').runs('roles take', { role: 'Host' });
  await until('Ben has it', () => has('Ben', hosts));
  await both.onDiscord('Cleo').runs('roles take', { role: 'Host' });
  await both.onDiscord('Ben').runs('roles release', { role: 'Host' });
  await until('Ben has it no more', () => !has('Ben', hosts));
  await both.onDiscord('Cleo').runs('roles release', { role: 'Host' });
  const kept = () => both.bot.database.roleGroupAccount.count();
  await until('nobody is kept', async () => (await kept()) === 0);
  expect(has('Cleo', hosts)).toBe(true);
  expect(members.get('900000000000000001')?.has(hosts.id)).toBe(true);
});

test('a rate limit is waited for, a role that becomes strong is given to nobody, and one that is ended is taken back', async () => {
  const hosts = roles().find(({ name }) => name === 'Hosts') ?? addRole('none', 1);
  both.discord.faults.next('PUT', /members\/\d+\/roles/, {
    fault: 'rate-limit',
    retryAfterSeconds: 1,
    scope: 'shared',
  });
  await both.onDiscord('Ben').runs('roles take', { role: 'Host' });
  await until('the limit is met', async () => (await group('Host'))?.waitUntil !== null);
  await lookAgainUntil('Ben has it', () => has('Ben', hosts));
  await until('nobody looks any more', async () => {
    return (await group('Host'))?.takenUntil === null && (await both.bot.queue.countBusy()) === 0;
  });

  Object.assign(hosts, { permissions: String(1n << 2n) });
  membersOf(both.discord.world, both.discord.guildId).get(both.onDiscord('Cleo').id)?.delete(hosts.id);
  await both.onDiscord('Cleo').runs('roles take', { role: 'Host' });
  await until('it is refused', async () => (await problemOf('Host')) === 'too-strong');
  expect(has('Cleo', hosts)).toBe(false);
  Object.assign(hosts, { permissions: '0' });
  await lookAgainUntil('Cleo has it', () => has('Cleo', hosts));

  await until('all is well', async () => (await problemOf('Host')) === null);
  let list = await ana.runs('roles sync');
  await until('both are counted', async () => {
    list = await ana.runs('roles sync');
    return list.text.includes('In step: 2 people.');
  });
  await ana.presses('End for Host', list);
  await until('it is gone', async () => (await group('Host')) === null);
  expect([has('Ben', hosts), has('Cleo', hosts)]).toEqual([false, false]);
});

test('who is not in the server yet when they take a seat is given the role once they have joined it', async () => {
  const greeters = addRole('Door crew', 2);
  const members = membersOf(both.discord.world, both.discord.guildId);
  members.delete(both.onDiscord('Cleo').id);
  expect((await ana.runs('roles sync', { role: 'Greeter', group: 'Door crew' })).text).toContain('follows');
  await both.onDiscord('Cleo').runs('roles take', { role: 'Greeter' });
  await both.onDiscord('Ben').runs('roles take', { role: 'Greeter' });
  await until('Ben has it', () => has('Ben', greeters));
  await until('Cleo was looked for', async () => (await group('Greeter'))?.waitUntil !== null);
  expect([await problemOf('Greeter'), await tasks()]).toEqual([null, []]);
  await until('Ben alone is counted', async () =>
    (await ana.runs('roles sync')).text.includes('In step: one person.'),
  );

  members.set(both.onDiscord('Cleo').id, new Set());
  await lookAgainUntil('Cleo has it', () => has('Cleo', greeters));
  await until('nothing is left to do', async () => (await group('Greeter'))?.waitUntil === null);
  await ana.presses('End for Greeter', await ana.runs('roles sync'));
  await until('it is gone', async () => (await group('Greeter')) === null);
  for (const name of ['Ben', 'Cleo']) await both.onDiscord(name).runs('roles release', { role: 'Greeter' });
});

test('a Slack user group follows, keeps whoever else is in it, and is switched off rather than emptied', async () => {
  const others = { id: 'S0GREETERS', name: 'Greeters', handle: 'greeters', disabled: false, channels: [] };
  both.slack.userGroups.set('S0GREETERS', { ...others, users: [] });
  const users = () => both.slack.userGroups.get('S0GREETERS')?.users ?? [];
  const says = async (name: string, typed: string) =>
    (await both.next(name, (person) => person.says(typed))).text;
  both.slack.misbehave('usergroups.list', {
    fault: 'refuses',
    error: 'missing_scope',
    needed: 'usergroups:read',
  });
  expect(await says('Ana', '/roles sync role:Greeter group:@greeters')).toContain(
    'follows who holds “Greeter”',
  );
  await until('the scope is missing', async () => (await problemOf('Greeter')) === 'not-allowed');
  expect((await tasks()).join()).toContain('usergroups:write');
  await lookAgainUntil('it is found', async () => (await group('Greeter'))?.ref === 'S0GREETERS');

  await says('Dan', '/roles take Greeter');
  await until('Dan is in it', () => users().includes(both.onSlack('Dan').ref));
  both.slack.userGroups.get('S0GREETERS')?.users.push(both.onSlack('Ana').ref);
  await says('Cleo', '/roles take Greeter');
  await until('Cleo too', () => users().includes(both.onSlack('Cleo').ref));
  await says('Dan', '/roles release Greeter');
  await until('Dan is out', () => !users().includes(both.onSlack('Dan').ref));
  expect(users().sort()).toEqual(['Ana', 'Cleo'].map((name) => both.onSlack(name).ref).sort());
  const alone = both.slack.userGroups.get('S0GREETERS');
  if (alone) alone.users = [both.onSlack('Cleo').ref];
  await says('Cleo', '/roles release Greeter');
  await until('it is off', () => both.slack.userGroups.get('S0GREETERS')?.disabled === true);
  await says('Dan', '/roles take Greeter');
  const isDansAlone = () => users().join() === both.onSlack('Dan').ref;
  await until('it is on again, with Dan alone', () => !alone?.disabled && isDansAlone());
});
