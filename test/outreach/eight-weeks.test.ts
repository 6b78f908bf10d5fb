import { afterAll, beforeAll, expect, test } from 'vitest';
import { card, heading } from '../../src/core/card.ts';
import type { ReachKind } from '../../src/core/ports.ts';
import { getCoalition } from '../../src/identity/store.ts';
import { usualCaps, weekMs } from '../../src/outreach/rules.ts';
import { localDate } from '../../src/time/wall-clock.ts';
import { openTestBot, type TestBot } from '../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../support/coalition.ts';
import { seeded } from '../support/seeded.ts';

/** The year of the rules, smaller, through the real database: eight weeks, zones, absences, an outage, calls. */
let bot: TestBot;
let coalition: TestCoalition;
const start = Date.parse('2026-03-02T12:00:00Z');
const dayMs = 86_400_000;
const days = 56;
const outage = { from: 18, to: 25 };
const zones = ['America/Winnipeg', 'Europe/Paris', 'Pacific/Auckland', 'Asia/Kolkata'];
const names = Array.from({ length: 8 }, (_, number) => `Voice ${number}`);

beforeAll(async () => {
  bot = await openTestBot({ at: new Date(start).toISOString() });
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    hours: { quietHoursStart: '18:00', quietHoursEnd: '08:00', workingDays: [1, 2, 3, 4, 5] },
    partners: names.map((voice, number) => ({ name: `Partner ${number}`, voices: [voice] })),
  });
  for (const [index, name] of names.entries()) {
    const data = { timeZone: zones[index % zones.length] ?? 'UTC' };
    await bot.database.member.update({ where: { id: coalition.memberId(name) }, data });
  }
  await bot.database.coalition.updateMany({ data: { holidays: ['2026-03-17', '2026-04-03'] } });
});
afterAll(() => bot.end());

test('over eight weeks nobody gets more than their cap, nothing is lost, and only calls restart a clock', async () => {
  const chance = seeded(3);
  const says = (name: string, typed: string) => coalition.person(name).says(typed);
  const whole = await getCoalition(bot.database, coalition.id);
  let wanted = 0;
  async function reachSome(name: string, day: number) {
    wanted += 1;
    const kind: ReachKind = chance() < 0.7 ? 'ask' : 'give';
    const expires = chance() < 0.4 ? { expires: new Date(start + (day + 1 + chance() * 9) * dayMs) } : {};
    const subject = `${wanted}`;
    const message = { coalition: whole, member: coalition.memberId(name), kind, from: 'test', subject };
    await bot.tools.write((writing) =>
      bot.tools.outreach.reach(writing, {
        why: ['because it is tried'],
        ...message,
        card: card(heading(subject)),
        ...expires,
      }),
    );
  }
  /** What would have become due while the bot was away, and does so now. */
  const late: string[] = [];
  for (let day = 0; day < days; day += 1) {
    const today = names.flatMap((name) => (chance() < 0.45 ? [name, ...(chance() < 0.5 ? [name] : [])] : []));
    if (outage.from <= day && day < outage.to) {
      late.push(...today);
      continue;
    }
    bot.clockHand.goTo(new Date(start + day * dayMs));
    if (day === outage.to) await comeBack(day);
    for (const name of today) await reachSome(name, day);
    if (day === 10) await coalition.person('Voice 1').says('/coalition away until:2026-03-25');
    // Staff look at what is held now and then, and send it all the same.
    if (day % 9 === 8) await sendAnyway();
    if (day % 15 === 14)
      await coalition.person('Ana').says('/checkin log partner:"Partner 2" kind:call line:"All well"');
    await bot.settle();
    bot.clockHand.forward(8 * 3_600_000);
    await bot.settle();
  }
  async function sendAnyway() {
    const held = await says('Ana', '/attention held');
    const [label] = /Send anyway to Partner \d/.exec(held.text) ?? [];
    if (label) await coalition.person('Ana').presses(label, held);
  }
  async function comeBack(day: number) {
    await bot.database.heartbeat.update({
      where: { name: 'sweep' },
      data: { at: new Date(Date.now() - 7 * dayMs) },
    });
    await bot.sweep();
    for (const name of late) await reachSome(name, day);
    await bot.settle();
    const since = { at: { gte: bot.clockHand.now() } };
    expect(await bot.database.outreachMessage.count({ where: since })).toBe(0);
    bot.clockHand.forward(10 * 60_000);
    await bot.settle();
    const each = await bot.database.outreachMessage.groupBy({
      by: ['memberId'],
      where: since,
      _count: true,
    });
    expect(each.length).toBeGreaterThan(0);
    for (const { _count } of each) expect(_count).toBe(1);
  }
  for (let day = days; day < days + 70; day += 7) {
    bot.clockHand.goTo(new Date(start + day * dayMs));
    await bot.settle();
  }

  const messages = await bot.database.outreachMessage.findMany();
  for (const { memberId, at } of messages) {
    const inWeek = messages.filter(
      (each) => each.memberId === memberId && each.at <= at && each.at.getTime() > at.getTime() - weekMs,
    );
    expect(inWeek.length).toBeLessThanOrEqual(usualCaps.perWeek);
    const zone =
      zones[names.findIndex((name) => coalition.memberId(name) === memberId) % zones.length] ?? 'UTC';
    const onDay = messages.filter(
      (each) => each.memberId === memberId && localDate(each.at, zone) === localDate(at, zone),
    );
    expect(onDay.length).toBeLessThanOrEqual(usualCaps.perDay);
  }
  expect(await gated(messages)).toBeGreaterThan(0);
  const states = await bot.database.outreach.groupBy({
    by: ['state'],
    where: { feature: 'test' },
    _count: true,
  });
  const counts = Object.fromEntries(states.map(({ state, _count }) => [state, _count]));
  expect((counts.sent ?? 0) + (counts.expired ?? 0)).toBe(wanted);
  expect(counts.sent).toBeGreaterThan(wanted / 2);
  const sent = await bot.database.outreach.count({ where: { state: 'sent', feature: 'test' } });
  expect(await bot.database.touchpoint.count({ where: { feature: 'test' } })).toBe(sent);
  const called = await bot.database.contact.findMany();
  expect(new Set(called.map(({ partnerId }) => partnerId))).toEqual(
    new Set([coalition.partnerId('Partner 2')]),
  );
  expect(messages.length).toBeLessThan(sent);
}, 300_000);

/** What was sent, in its order: no message of nothing but asks after the last few. Gives how many staff let go. */
async function gated(messages: readonly { id: string; memberId: string; at: Date }[]): Promise<number> {
  const rows = await bot.database.outreach.findMany({ where: { state: 'sent' } });
  const calls = await bot.database.contact.findMany();
  let letGo = 0;
  for (const name of names) {
    const own = messages
      .filter(({ memberId }) => memberId === coalition.memberId(name))
      .map(({ id, at }) => ({ at, things: rows.filter(({ messageId }) => messageId === id) }));
    const partnerId = rows.find(({ memberId }) => memberId === coalition.memberId(name))?.partnerId;
    const met = calls.filter((call) => call.partnerId === partnerId).map(({ at }) => ({ at, things: [] }));
    let inRow = 0;
    for (const { things } of [...own, ...met].sort((a, b) => a.at.getTime() - b.at.getTime())) {
      const asksOnly = things.length > 0 && things.every(({ kind }) => kind === 'ask');
      const over = asksOnly && inRow >= usualCaps.asksInRow;
      if (over) expect(things.every(({ releasedAt, releasedById }) => releasedAt && releasedById)).toBe(true);
      if (over) letGo += 1;
      inRow = asksOnly ? inRow + 1 : 0;
    }
    const balance = await bot.database.partnerBalance.findFirst({ where: { partnerId: partnerId ?? '' } });
    expect(balance?.asksInRow ?? 0).toBe(inRow);
  }
  return letGo;
}
