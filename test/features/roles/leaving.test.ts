import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Feature } from '../../../src/core/command.ts';
import type { Member, Standing } from '../../../src/core/who.ts';
import { findMember, getCoalition } from '../../../src/identity/store.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';

const day = 86_400_000;

let bot: TestBot;
let coalition: TestCoalition;
beforeAll(async () => {
  bot = await openTestBot();
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: [
      { name: 'Food Bank', voices: ['Ben', 'Bea'], members: ['Bob'] },
      { name: 'Library', voices: ['Lee'] },
      { name: 'Clinic', voices: ['Cleo', 'Cy'] },
    ],
  });
  await opens('Host', 'Chair', 'Greeter', 'Map', 'Rides');
});
afterAll(() => bot.end());

const adds = (): Feature['adds'] => bot.tools.features().find(({ name }) => name === 'roles')?.adds ?? {};
const reader = { language: 'en', timeZone: 'UTC' };

async function memberNamed(name: string): Promise<Member> {
  const member = await findMember(bot.database, coalition.id, coalition.memberId(name));
  if (!member) throw new Error(`${name} has left`);
  return member;
}

async function opens(...titles: string[]) {
  for (const name of titles) {
    await coalition.person('Ana').says('/roles new');
    await coalition.person('Ana').fills({ name, purpose: `${name} it is`, effort: '1', seats: '1' });
  }
}

/** What the directory does when somebody leaves: every feature's part, then the person is gone. */
async function leaves(name: string): Promise<string> {
  const member = await memberNamed(name);
  const scope = {
    coalition: await getCoalition(bot.database, coalition.id),
    member,
    reader,
    tools: bot.tools,
  };
  const parts = await bot.tools.write(async (writing) => {
    const said = (await adds().departed?.({ ...scope, writing, handOver: false })) ?? [];
    await writing.tx.member.update({ where: { id: member.id }, data: { leftAt: writing.now } });
    return said;
  });
  await bot.settle();
  return JSON.stringify(parts);
}

const lastCard = (name: string) => JSON.stringify(coalition.person(name).inbox().at(-1)?.card);
const show = async (title: string) => (await coalition.person('Ana').says(`/roles show ${title}`)).text;

async function names(name: string, standing: Standing) {
  await bot.database.member.updateMany({ where: { name }, data: { standing } });
}

test('an alternate steps in at once, and the rest is asked of whoever else speaks for the organisation', async () => {
  const ben = coalition.person('Ben');
  for (const title of ['Host', 'Chair', 'Greeter']) await ben.says(`/roles take ${title}`);
  await ben.says('/roles show Host');
  await ben.presses('Who does it');
  await ben.fills({ member: 'Ben', alternate: 'Bob' });
  await coalition.person('Lee').says('/roles take Map');
  await ben.says('/roles take Map');

  const told = await leaves('Ben');
  expect(told).toContain('In one role your alternate steps');
  expect(told).toContain('Bea is asked whether they take over the ');
  expect(await show('Host')).toContain('Food Bank: Bob');
  expect(lastCard('Bob')).toContain('you were named to step in');
  expect(await show('Chair')).toContain('Food Bank: no person named yet');
  expect(await show('Map')).toContain('Waiting, not holding (1): Food Bank');

  const bea = coalition.person('Bea');
  const asked = bea.inbox().at(-1);
  expect((await bea.presses('I take it over', asked)).text).toContain('All 2 are yours now');
  expect((await bea.presses('I take it over', asked)).text).toContain('nothing left to take over');
  expect(await show('Chair')).toContain('Food Bank: Bea');
});

test('without an answer it all comes free after two weeks, and whoever waits is asked', async () => {
  await coalition.person('Cleo').says('/roles take Rides');
  await coalition.person('Lee').says('/roles take Rides');
  await leaves('Cleo');
  expect(await show('Rides')).toContain('Clinic: no person named yet');
  bot.clockHand.forward(15 * day);
  await bot.settle();
  expect(lastCard('Lee')).toContain('a seat has come free');
  const lee = coalition.person('Lee');
  expect((await lee.presses('Accept', lee.inbox().at(-1))).text).toContain('Library holds “Rides” now');
});

test('a seat on offer to somebody who leaves is offered to whoever follows them', async () => {
  await coalition.addPartner({ name: 'Choir', voices: ['Cora', 'Carl'] });
  await coalition.person('Cora').says('/roles take Rides');
  await coalition.person('Lee').says('/roles release Rides');
  await bot.settle();
  expect(lastCard('Cora')).toContain('A seat for you: Rides');
  await leaves('Cora');
  const carl = coalition.person('Carl');
  expect((await carl.presses('Accept', carl.inbox().at(-1))).text).toContain('Choir holds “Rides” now');
  await carl.says('/roles release Rides');
  await coalition.person('Lee').says('/roles take Rides');
});

test('when nobody is left at an organisation everything it held is free at once', async () => {
  const told = await leaves('Lee');
  expect(told).toContain('The ');
  expect(await show('Rides')).toContain('0 of 1 held, 1 free');
  await bot.settle();
  expect(lastCard('Bea')).toContain('A seat for you: Map');
});

test('staff move what one person holds to another with one press, and only within an organisation', async () => {
  const ana = coalition.person('Ana');
  const refusal = await ana.says('/roles successor from:Bea to:Cy');
  expect(refusal.refused).toBe('roles.other-partner');
  const preview = await ana.says('/roles successor from:Bea to:Bob');
  expect(preview.text).toContain('Everything that Bea holds for their organisation goes to Bob');
  expect(preview.text).toContain('Chair');
  expect((await ana.presses('Move it all')).text).toContain('Everything Bea held is Bob’s now');
  expect(await show('Chair')).toContain('Food Bank: Bob');
  expect((await ana.presses('Move it all', preview)).text).toContain('held nothing any more');
  expect(
    (
      await coalition
        .person('Cy')
        .pressesId(
          preview.card?.parts.flatMap((part) => (part.part === 'buttons' ? part.buttons : []))[0]?.id ?? '',
        )
    ).refused,
  ).toBe('core.backbone');
});

test('a member sees what they hold, may take a copy of it, and is forgotten where it names them', async () => {
  await names('Bob', 'alternate');
  const bob = await memberNamed('Bob');
  const scope = { coalition: await getCoalition(bot.database, coalition.id), member: bob, tools: bot.tools };
  expect(JSON.stringify(await adds().myPlace?.({ ...scope, reader }))).toContain(
    'You hold for your organisation:',
  );
  expect(JSON.stringify(await adds().stored?.(scope))).toContain(bob.id);
  await leaves('Bob');
  await bot.tools.write(async (writing) =>
    adds().forget?.({ coalitionId: coalition.id, memberId: bob.id, writing }),
  );
  expect(JSON.stringify(await adds().stored?.(scope))).not.toContain(bob.id);
  expect(await bot.database.roleTerm.count({ where: { partnerId: coalition.partnerId('Food Bank') } })).toBe(
    3,
  );
});

test('what a partner holds is on its card and finds it, and ending the partnership frees it all', async () => {
  const ana = coalition.person('Ana');
  await coalition.addPartner({ name: 'Swim Club', voices: ['Sia'] });
  await coalition.person('Sia').says('/roles take Rides');
  await coalition.person('Cy').says('/roles take Rides');
  expect((await ana.says('/partners list ride')).text).toContain('Swim Club');
  expect((await ana.says('/partners show Swim Club')).text).toContain('Roles: Rides');

  await ana.says('/partners edit Swim Club');
  await ana.presses('No longer a partner');
  await ana.presses('No longer a partner');
  await bot.settle();
  expect(lastCard('Cy')).toContain('A seat for you: Rides');
  expect((await ana.says('/partners list ride')).text).not.toContain('Swim Club');
});

test('a seat goes to no alternate who has left, and an answer about one person moves nothing of another’s', async () => {
  await coalition.addPartner({ name: 'Garden', voices: ['Gus', 'Gil', 'Gwen'] });
  await opens('Paint', 'Plant');
  const [gus, gil, gwen] = [coalition.person('Gus'), coalition.person('Gil'), coalition.person('Gwen')];
  await gus.says('/roles take Paint');
  await gil.says('/roles take Plant');
  await gil.says('/roles show Plant');
  await gil.presses('Who does it');
  await gil.fills({ member: 'Gil', alternate: 'Gus' });

  await gus.says('/coalition leave');
  expect((await gus.presses('Leave the coalition')).text).toContain('are asked who takes over from you');
  await bot.settle();
  await gil.says('/coalition leave');
  const left = await gil.presses('Leave the coalition');
  expect(left.text).toContain('Gwen is asked whether they take over the role');
  expect(left.text).not.toContain('steps in');
  await bot.settle();
  const asked = gwen.inbox().find((got) => JSON.stringify(got.card).includes('Gil has left'));
  expect(JSON.stringify(asked?.card)).toContain('Plant');
  expect((await gwen.presses('Give it back', asked)).text).toContain('The role is free again');
  expect(await show('Plant')).toContain('0 of 1 held');
  expect(await show('Paint')).toContain('1 of 1 held');
});

test('what is kept until a hand-over is settled does not come free with somebody else’s two weeks', async () => {
  await coalition.addPartner({ name: 'Workshop', voices: ['Wim', 'Wout', 'Wes'] });
  await opens('Sow', 'Mow');
  const [wim, wout] = [coalition.person('Wim'), coalition.person('Wout')];
  await wim.says('/roles take Sow');
  await wout.says('/roles take Mow');
  await wout.says('/coalition leave');
  await wout.presses('Leave the coalition');
  await bot.settle();
  bot.clockHand.forward(5 * day);
  await wim.says('/coalition leave');
  await wim.presses('Leave the coalition');
  await bot.settle();
  expect(await show('Mow')).toContain('Workshop: no person named yet');
  bot.clockHand.forward(10 * day);
  await bot.settle();
  expect(await show('Mow')).not.toContain('Workshop');
  expect(await show('Sow')).toContain('Workshop: no person named yet');
});
