import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cardText } from '../../../src/core/card-text.ts';
import { newId } from '../../../src/core/ids.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type NewPartner, type TestCoalition } from '../../support/coalition.ts';
import type { Person } from '../../support/person.ts';

const monday = '2026-03-02T15:00:00Z';
const headsUp = '2026-03-03T16:00:00Z';
const friday = '2026-03-06T16:00:00Z';

let bot: TestBot;
let coalition: TestCoalition;
let ana: Person;

const partners: NewPartner[] = [
  { name: 'Food Bank', voices: ['Ben', 'Bea'] },
  { name: 'Library', voices: ['Cleo'] },
];

beforeEach(async () => {
  bot = await openTestBot({ at: monday });
});
afterEach(() => bot.end());

async function open(of: NewPartner[] = partners, who = 'everybody', more = '') {
  coalition = await makeCoalition(bot, { partners: of });
  ana = coalition.person('Ana');
  const started = await ana.says(`/intros start cadence:weekly size:2 who:${who} preview:24 ${more}`);
  await bot.settle();
  return started;
}

async function at(when: string) {
  bot.clockHand.goTo(when);
  await bot.settle();
}

async function weekly(weeks: number) {
  for (let week = 0; week < weeks; week += 1) {
    await at(new Date(Date.parse(headsUp) + week * 7 * 86_400_000).toISOString());
    await at(new Date(Date.parse(friday) + week * 7 * 86_400_000).toISOString());
  }
}

const inbox = (person: Person) =>
  person.inbox().map(({ card }) => cardText(card, { language: 'en', timeZone: 'UTC' }));
const meets = (name: string) =>
  inbox(coalition.person(name)).flatMap((text) => /^\W*Meet ([\w, ]+)/.exec(text)?.[1] ?? []);
/** Also where several introductions came as one message. */
async function metInAll(name: string): Promise<string[]> {
  const where = {
    memberId: coalition.memberId(name),
    state: 'sent',
    subject: { startsWith: 'introduction:' },
  };
  const rows = await bot.database.outreach.findMany({ where });
  return rows.flatMap(({ card }) => /Meet ([\w, ]+)/.exec(JSON.stringify(card))?.[1] ?? []);
}

describe('who goes for a partner', () => {
  test('is whoever was introduced least recently, and two of one partner never meet', async () => {
    await open([...partners, { name: 'Clinic', voices: ['Dan'] }, { name: 'School', voices: ['Eva'] }]);
    await weekly(2);
    expect([meets('Ben').length, meets('Bea').length]).toEqual([1, 1]);
    expect([...meets('Ben'), ...meets('Bea')].join()).not.toMatch(/Ben|Bea/);
  });

  test('is a member without a voice only where they said yes or nobody else speaks for it', async () => {
    await open([
      { name: 'Food Bank', voices: ['Ben'], members: ['Max'] },
      { name: 'Library', members: ['Lou'] },
    ]);
    await weekly(1);
    expect(meets('Ben')).toEqual(['Lou']);
    expect(meets('Max')).toEqual([]);
  });

  test('can be a guest', async () => {
    coalition = await makeCoalition(bot, {
      partners: [
        { name: 'Food Bank', voices: ['Ben'] },
        { name: 'Library', members: ['Lou'] },
      ],
    });
    await bot.database.member.update({
      where: { id: coalition.memberId('Lou') },
      data: { standing: 'guest' },
    });
    await coalition.person('Ana').says('/intros start cadence:weekly size:2 who:everybody preview:24');
    await weekly(1);
    expect(meets('Lou')).toEqual(['Ben']);
  });
});

describe('taking part', () => {
  test('by saying yes when asked: nobody else is introduced', async () => {
    await open([...partners, { name: 'Clinic', voices: ['Dan'] }], 'willing');
    const asked = (name: string) => coalition.person(name).inbox()[0];
    await coalition.person('Cleo').presses('Take part', asked('Cleo'));
    await coalition.person('Dan').presses('Take part', asked('Dan'));
    expect((await coalition.person('Ben').presses('Not for me', asked('Ben'))).text).toContain('left out');
    await weekly(1);
    expect(meets('Cleo')).toEqual(['Dan']);
    expect(meets('Ben')).toEqual([]);
    expect((await coalition.person('Ben').says('/intros')).text).toContain('You do not take part');
  });

  test('in a channel: the invitation stands there, and whoever presses is in', async () => {
    expect((await open(partners, 'channel')).refused).toBe('introductions.channel-missing');
    await ana.says('/intros start cadence:weekly size:2 who:channel preview:24 channel:#general');
    await bot.settle();
    const [invitation] = bot.channel('general');
    for (const name of ['Ben', 'Cleo']) await coalition.person(name).presses('Take part', invitation);
    await weekly(1);
    expect(meets('Ben')).toEqual(['Cleo']);
    expect(meets('Bea')).toEqual([]);
  });
});

describe('an introduction by staff', () => {
  test('goes out at once with their reason, and once', async () => {
    await open();
    const done = await ana.says('/intros one one:Ben other:Cleo reason:"Ben asked about reading rooms"');
    expect(done.text).toContain('are being introduced');
    await bot.settle();
    expect(inbox(coalition.person('Cleo')).at(-1)).toContain('Ben asked about reading rooms');
    expect((await ana.says('/intros one one:Cleo other:Ben reason:again')).refused).toBe(
      'introductions.already',
    );
    expect((await ana.says('/intros one one:Ben other:Bea reason:x')).refused).toBe(
      'introductions.same-partner',
    );
    expect((await ana.says('/intros one one:Ana other:Bea reason:x')).refused).toBe(
      'introductions.no-partner',
    );
  });

  test('is refused for whoever is away or does not want it, without saying who avoids whom', async () => {
    await open();
    await coalition.person('Cleo').says('/intros avoid partner:"Food Bank"');
    const refused = await ana.says('/intros one one:Ben other:Cleo reason:x');
    expect(refused.refused).toBe('introductions.barred');
    expect(refused.text).not.toMatch(/avoid|Cleo|wish/i);
    const { id } = { id: coalition.memberId('Bea') };
    await bot.database.member.update({ where: { id }, data: { awayUntil: new Date('2026-04-01') } });
    expect((await ana.says('/intros one one:Bea other:Cleo reason:x')).text).toContain('away');
  });

  test('can be answered through the bot, by a message that reaches the other and nobody else', async () => {
    await open();
    await ana.says('/intros one one:Ben other:Cleo reason:reading');
    await bot.settle();
    const ben = coalition.person('Ben');
    await ben.presses('Write to them', ben.inbox().at(-1));
    expect((await ben.fills({ words: 'Shall we say Tuesday? <b>@everyone</b>' })).text).toContain(
      'Passed on to Cleo',
    );
    await bot.settle();
    const cleo = coalition.person('Cleo');
    expect(inbox(cleo).at(-1)).toContain('Shall we say Tuesday? <b>@everyone</b>');
    await cleo.presses('Reply', cleo.inbox().at(-1));
    await cleo.fills({ words: 'Yes' });
    await bot.settle();
    expect(inbox(ben).at(-1)).toContain('A message from Cleo');
    const bea = coalition.person('Bea');
    const forged = await bea.pressesId(
      ben
        .inbox()
        .at(-1)
        ?.card.parts.flatMap((part) => (part.part === 'buttons' ? part.buttons : []))[0]?.id ?? '',
    );
    expect(forged.refused).toBe('introductions.gone');
  });
});

test('somebody who lets a group of three go leaves the other two together', async () => {
  await open([...partners, { name: 'Clinic', voices: ['Dan'] }]);
  await weekly(1);
  const dan = coalition.person('Dan');
  expect(meets('Dan')[0]?.split(', ')).toHaveLength(2);
  await dan.presses('Let me out', dan.inbox().at(-1));
  await bot.settle();
  expect(inbox(coalition.person('Cleo')).at(-1)).toContain(
    'Dan cannot make it this time. You and the others stay introduced',
  );
  const cleo = coalition.person('Cleo');
  const introduction = cleo.inbox().find(({ card }) => JSON.stringify(card).includes('Meet '));
  await cleo.presses('Write to them', introduction);
  expect((await cleo.fills({ words: 'Hello' })).text).not.toContain('Dan');
});

test('a person on Slack and a person on Discord are introduced in one round and write through the bot', async () => {
  await open([
    { name: 'Food Bank', voices: ['Ben'] },
    { name: 'Library', voices: ['Cleo'] },
  ]);
  const workspaceId = newId();
  await bot.database.workspace.create({
    data: {
      id: workspaceId,
      coalitionId: coalition.id,
      platform: 'discord',
      ref: 'guild',
      name: 'Guild',
      createdAt: bot.clockHand.now(),
    },
  });
  const cleo = bot.as('Cleo', { platform: 'discord', workspace: 'guild' });
  await bot.database.account.updateMany({
    where: { memberId: coalition.memberId('Cleo') },
    data: { workspaceId, ref: cleo.ref },
  });
  await weekly(1);
  expect(inbox(coalition.person('Ben')).at(-1)).toContain('You are in different workspaces');
  expect(inbox(cleo).at(-1)).toContain('Meet Ben');
  await cleo.presses('Write to them', cleo.inbox().at(-1));
  await cleo.fills({ words: 'Hello from the other side' });
  await bot.settle();
  expect(inbox(coalition.person('Ben')).at(-1)).toContain('Hello from the other side');
});

describe('a new partner', () => {
  const many: NewPartner[] = ['A', 'B', 'C', 'D', 'E'].map((letter) => ({
    name: `Partner ${letter}`,
    voices: [`Voice ${letter}`],
  }));

  test('is introduced within two working days to the three that fit best and to a buddy who agreed, once', async () => {
    many[1] = { ...many[1], name: 'Partner B', offers: ['space'] };
    await open(many);
    await coalition.person('Voice E').says('/intros buddy agree:yes');
    bot.clockHand.goTo('2026-03-06T20:00:00Z');
    await bot.settle();
    await coalition.addPartner({ name: 'Newcomer', needs: ['space'], voices: ['Nia'] });
    await at('2026-03-09T16:00:00Z');
    const met = await metInAll('Nia');
    expect(met).toHaveLength(4);
    expect(met).toContain('Voice E');
    expect(met).toContain('Voice B');
    expect(inbox(coalition.person('Nia')).length).toBeLessThanOrEqual(4);
    await at('2026-03-10T16:00:00Z');
    expect((await metInAll('Nia')).length).toBeLessThanOrEqual(5);
    const groups = await bot.database.introGroup.findMany({
      where: { origin: { in: ['newcomer', 'buddy'] } },
    });
    expect(groups).toHaveLength(4);
  });
});

test('what a member chose is theirs to export and is gone when they ask to be forgotten', async () => {
  await open();
  await coalition.person('Ben').says('/intros avoid partner:Library');
  await coalition.person('Ben').says('/intros skip');
  const { introductions } = await import('../../../src/features/introductions/feature.ts');
  const member = await bot.database.member.findUniqueOrThrow({ where: { id: coalition.memberId('Ben') } });
  const scope = {
    coalition: { ...(await bot.database.coalition.findFirstOrThrow()), id: coalition.id },
    member: { ...member, id: coalition.memberId('Ben') } as never,
    tools: bot.tools,
  };
  expect(await introductions.adds.stored?.(scope)).toMatchObject({
    avoids: ['Library'],
    skips: ['2026-03-06'],
  });
  await bot.tools.write(
    (writing) =>
      introductions.adds.forget?.({
        coalitionId: coalition.id,
        memberId: coalition.memberId('Ben'),
        writing,
      }) ?? Promise.resolve(),
  );
  expect(await introductions.adds.stored?.(scope)).toMatchObject({ avoids: [], skips: [] });
});
