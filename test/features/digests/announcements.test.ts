import { afterEach, beforeEach, expect, test } from 'vitest';
import { cardText } from '../../../src/core/card-text.ts';
import { digests } from '../../../src/features/digests/feature.ts';
import { findMember, getCoalition } from '../../../src/identity/store.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';

let bot: TestBot;
let coalition: TestCoalition;
beforeEach(async () => {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z' });
  const partner = { spotlightConsent: false };
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: [
      { ...partner, name: 'Food Bank', voices: ['Ben', 'Bea'], members: ['Cleo'] },
      { ...partner, name: 'Clinic', voices: ['Dan'] },
    ],
  });
});
afterEach(() => bot.end());

const reader = { language: 'en', timeZone: 'America/Winnipeg' };
const readOut = () => bot.channel('general').map((each) => cardText(each.card, reader));

async function goOut() {
  bot.clockHand.goTo('2026-03-04T15:00:00Z');
  await bot.settle();
}

test('the author changes an announcement until it goes out, and not after', async () => {
  await coalition.person('Ana').says('/digest schedule wednesday 09:00 general');
  const ben = coalition.person('Ben');
  const announced = await ben.says('/digest announce Open day on Thursday');
  const form = await ben.presses('Edit', announced);
  expect(form.form?.fields[0]?.value).toBe('Open day on Thursday');
  expect((await ben.fills({ text: 'Open day on Friday' })).text).toContain('Open day on Friday');
  await goOut();
  expect(readOut()[0]).toContain('Open day on Friday');
  expect((await ben.presses('Edit', announced)).refused).toBe('digests.not-waiting');
  expect((await ben.presses('Take it back', announced)).text).toContain('It has gone out');
});

test('an announcement waits while no digest is scheduled', async () => {
  expect((await coalition.person('Ben').says('/digest announce Come by')).text).toContain('the first digest');
  await coalition.person('Ana').says('/digest schedule wednesday 09:00 general');
  await goOut();
  expect(readOut()[0]).toContain('Come by');
});

test('announcing the same twice is announcing it once', async () => {
  await coalition.person('Ana').says('/digest schedule wednesday 09:00 general');
  const ben = coalition.person('Ben');
  await ben.says('/digest announce Come by');
  await ben.says('/digest announce Come by');
  await goOut();
  expect(readOut()[0]?.match(/Come by/g)).toHaveLength(1);
});

test('the author takes one back and puts it back', async () => {
  const ben = coalition.person('Ben');
  await ben.says('/digest announce Come by');
  expect((await ben.presses('Take it back')).text).toContain('Taken back');
  expect((await ben.says('/digest announcements')).text).toContain('None yet');
  await ben.says('/digest announce Come by');
  expect((await ben.says('/digest announcements')).text).toContain('1 waits');
});

test('staff remove an announcement and put it back; its author cannot undo that', async () => {
  const [ana, ben] = [coalition.person('Ana'), coalition.person('Ben')];
  await ana.says('/digest schedule wednesday 09:00 general');
  const announced = await ben.says('/digest announce Buy my car');
  const list = await ana.says('/digest announcements');
  const { id } = await bot.database.announcement.findFirstOrThrow();
  await ana.picks(id, list);
  const removed = await ana.presses('Remove it');
  expect(removed.text).toContain('Removed by staff');
  expect((await ben.says('/digest announce Buy my car')).text).toContain('Removed by staff');
  expect((await ben.presses('Take it back', announced)).text).toContain('Removed by staff');
  expect((await ana.presses('Put it back', removed)).text).toContain('In the next digest');
  await goOut();
  expect(readOut()[0]).toContain('Buy my car');
});

test('others cannot see, change or remove somebody’s announcement', async () => {
  const [ben, dan] = [coalition.person('Ben'), coalition.person('Dan')];
  const announced = await ben.says('/digest announce Come by');
  expect((await dan.presses('Edit', announced)).refused).toBe('digests.not-author');
  expect((await dan.presses('Take it back', announced)).refused).toBe('digests.no-announcement');
  expect((await dan.says('/digest announcements')).text).toContain('None yet');
  expect((await bot.database.announcement.findFirstOrThrow()).state).toBe('waiting');
});

test('only voices and staff announce', async () => {
  expect((await coalition.person('Cleo').says('/digest announce Come by')).refused).toBe('digests.no-voice');
  expect((await coalition.person('Ana').says('/digest announce Welcome')).text).toContain(
    'Ready by Five: Welcome',
  );
});

test('one that is too long is refused with the excess, and kept to be shortened', async () => {
  const ben = coalition.person('Ben');
  const form = await ben.says(`/digest announce ${'x'.repeat(10_000)}`);
  expect(form.form?.fields[0]?.value).toHaveLength(10_000);
  expect((await ben.fills({})).text).toContain('9,400 characters too long: 10,000 of at most 600');
  expect(await bot.database.announcement.count()).toBe(0);
});

test('a member sees what they announced, exports it, and is forgotten', async () => {
  await coalition.person('Ana').says('/digest schedule wednesday 09:00 general');
  await coalition.person('Ben').says('/digest announce Told');
  await goOut();
  await coalition.person('Ben').says('/digest announce Waiting');
  const scope = await scopeOf('Ben');
  const parts = (await digests.adds.myPlace?.({ ...scope, reader })) ?? [];
  expect(cardText({ parts }, reader)).toContain('An announcement of yours waits');
  const stored = await digests.adds.stored?.(scope);
  expect(stored?.announcements).toMatchObject([{ text: 'Told' }, { text: 'Waiting' }]);

  const memberId = coalition.memberId('Ben');
  await bot.tools.write(async (writing) => {
    await digests.adds.forget?.({ coalitionId: coalition.id, memberId, writing });
  });
  expect(await bot.database.announcement.count({ where: { memberId } })).toBe(0);
  expect((await bot.database.announcement.findMany()).map(({ text }) => text)).toEqual(['Told']);
});

test('when whoever was asked about the spotlight leaves, another voice is asked', async () => {
  const { id } = coalition;
  await bot.database.partner.updateMany({ where: { name: 'Food Bank' }, data: { spotlightConsent: true } });
  await coalition.person('Ana').says('/digest schedule friday 09:00 general');
  await bot.settle();
  expect(coalition.person('Ben').inbox()).toHaveLength(1);
  const scope = await scopeOf('Ben');
  const parts = await bot.tools.write(
    (writing) =>
      digests.adds.departed?.({ ...scope, reader, writing, handOver: false }) ?? Promise.resolve([]),
  );
  expect(cardText({ parts }, reader)).toContain('Bea is asked about the spotlight in your place');
  await bot.settle();
  expect(coalition.person('Bea').inbox()).toHaveLength(1);
  expect((await bot.database.spotlightTurn.findFirstOrThrow({ where: { coalitionId: id } })).askedId).toBe(
    coalition.memberId('Bea'),
  );
});

async function scopeOf(name: string) {
  const member = await findMember(bot.database, coalition.id, coalition.memberId(name));
  if (!member) throw new Error(`${name} is not here`);
  return { coalition: await getCoalition(bot.database, coalition.id), member, tools: bot.tools };
}
