import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  afterMessage,
  askKey,
  type Balance,
  type Caps,
  decide,
  inOrder,
  lastsUntil,
  mattering,
  mayAsk,
  nextFree,
  noBalance,
  type Situation,
  usualCaps,
  type Waiting,
  weekMs,
} from '../../src/outreach/rules.ts';
import type { ContactHours } from '../../src/time/contact-hours.ts';
import { localDate, localTime } from '../../src/time/wall-clock.ts';

const monday = new Date('2026-03-02T15:00:00Z');
const after = (hours: number) => new Date(monday.getTime() + hours * 3_600_000);

const zones = ['America/Winnipeg', 'Pacific/Auckland', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC'];
const hours: fc.Arbitrary<ContactHours> = fc.record({
  timeZone: fc.constantFrom(...zones),
  quietHoursStart: fc.constantFrom('18:00', '12:00', '00:00'),
  quietHoursEnd: fc.constantFrom('08:00', '13:00', '00:00'),
  workingDays: fc.constantFrom([1, 2, 3, 4, 5], [7], [1, 2, 3, 4, 5, 6, 7]),
  holidays: fc.constantFrom([], ['2026-03-03', '2026-03-04']),
  awayUntil: fc.option(fc.integer({ min: -50, max: 400 }).map(after)),
});
const caps: fc.Arbitrary<Caps> = fc.record({
  perWeek: fc.integer({ min: 1, max: 6 }),
  perDay: fc.integer({ min: 1, max: 3 }),
  asksInRow: fc.integer({ min: 0, max: 4 }),
});
const waiting: fc.Arbitrary<readonly Waiting[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom('ask', 'give', 'neutral'),
      feature: fc.constantFrom('roles', 'decisions'),
      subject: fc.constantFrom('a', 'b', 'c'),
      matters: fc.constantFrom(...mattering),
      wantedAt: fc.integer({ min: -2000, max: 0 }).map(after),
      expiresAt: fc.option(fc.integer({ min: -30, max: 300 }).map(after)),
      urgent: fc.constantFrom(false, false, false, true),
      joinable: fc.constantFrom(true, true, true, false),
      released: fc.constantFrom(false, false, true),
    }),
    { maxLength: 8 },
  )
  .map((all) => all.map((one, index) => ({ ...one, id: `${index}` })));
const balance: fc.Arbitrary<Balance> = fc.record({
  asksInRow: fc.integer({ min: 0, max: 6 }),
  lastAsk: fc.constantFrom('', 'roles:a', 'decisions:b'),
});
const situation: fc.Arbitrary<Situation> = fc.record({
  now: fc.integer({ min: 0, max: 200 }).map(after),
  waiting,
  sentAt: fc.array(fc.integer({ min: -200, max: 0 }).map(after), { maxLength: 8 }),
  hours,
  caps,
  balance: fc.option(balance),
  paused: fc.constantFrom(false, false, false, true),
  gatherUntil: fc.option(fc.integer({ min: -5, max: 5 }).map(after)),
});

const countIn = (sent: readonly Date[], end: Date) =>
  sent.filter((each) => each <= end && each.getTime() > end.getTime() - weekMs).length;

test('everything that waits expires, is held, goes out or is looked at again: nothing is lost, nothing goes twice', () => {
  fc.assert(
    fc.property(situation, (of) => {
      const verdict = decide(of);
      const placed = [...verdict.expired, ...verdict.held, ...verdict.urgent, ...verdict.joined];
      expect(new Set(placed).size).toBe(placed.length);
      const left = of.waiting.filter(({ id }) => !placed.includes(id));
      if (!of.paused && left.length > 0) expect(verdict.again).not.toBeNull();
      if (verdict.again) expect(verdict.again.at.getTime()).toBeGreaterThan(of.now.getTime());
      for (const one of of.waiting) expect(verdict.expired.includes(one.id)).toBe(lastsUntil(one) <= of.now);
    }),
  );
});

test('nothing but what is urgent goes over the week’s or the day’s cap, into quiet hours, or to somebody away', () => {
  fc.assert(
    fc.property(situation, (of) => {
      const verdict = decide(of);
      if (verdict.joined.length === 0) return;
      const { now, caps: most, hours: own } = of;
      const before = [...of.sentAt, ...verdict.urgent.map(() => now)];
      expect(countIn(before, now)).toBeLessThan(most.perWeek);
      const today = before.filter(
        (each) => localDate(each, own.timeZone) === localDate(now, own.timeZone),
      ).length;
      expect(today).toBeLessThan(most.perDay);
      expect(own.holidays).not.toContain(localDate(now, own.timeZone));
      expect(own.awayUntil === null || own.awayUntil <= now).toBe(true);
      const time = localTime(now, own.timeZone);
      if (own.quietHoursStart === '18:00' && own.quietHoursEnd === '08:00')
        expect(time >= '08:00' && time < '18:00').toBe(true);
    }),
  );
});

test('while everything is paused nothing goes out, urgent or not', () => {
  fc.assert(
    fc.property(situation, (of) => {
      const { urgent, joined, held } = decide({ ...of, paused: true });
      expect([...urgent, ...joined, ...held]).toEqual([]);
    }),
  );
});

test('what goes out stands in order: what matters, then what ends first, then what has waited longest', () => {
  fc.assert(
    fc.property(situation, (of) => {
      const byId = new Map(of.waiting.map((one) => [one.id, one]));
      const joined = decide(of).joined.map((id) => byId.get(id) as Waiting);
      for (const [index, one] of joined.entries()) {
        const next = joined[index + 1];
        if (!next) continue;
        expect(inOrder(one, next)).toBeLessThan(0);
        expect(mattering.indexOf(one.matters)).toBeLessThanOrEqual(mattering.indexOf(next.matters));
      }
    }),
  );
});

/** Everything that goes out in one turn, message by message, as it is sent: decided, sent, counted, decided anew. */
function turnOf(start: Situation) {
  const byId = new Map(start.waiting.map((one) => [one.id, one]));
  const those = (ids: readonly string[]) => ids.map((id) => byId.get(id) as Waiting);
  const messages: Waiting[][] = [];
  const held: Waiting[] = [];
  let of = start;
  for (let round = 0; round <= start.waiting.length; round += 1) {
    const verdict = decide(of);
    const now = [...verdict.urgent.map((id) => those([id])), those(verdict.joined)].filter(
      ({ length }) => length,
    );
    messages.push(...now);
    held.push(...those(verdict.held));
    const gone = new Set([...now.flat(), ...those([...verdict.held, ...verdict.expired])]);
    of = {
      ...of,
      waiting: of.waiting.filter((one) => !gone.has(one)),
      sentAt: [...of.sentAt, ...now.map(() => of.now)],
      balance: of.balance && now.reduce<Balance>(afterMessage, of.balance),
    };
    if (verdict.again || !verdict.more) return { messages, held, left: of.waiting, again: verdict.again };
  }
  throw new Error('A turn that never ends');
}

test('no message of nothing but asks follows the last few, counted as they go, unless staff let it or it is urgent', () => {
  fc.assert(
    fc.property(situation, (of) => {
      const { messages } = turnOf(of);
      let inRow = of.balance?.asksInRow ?? 0;
      let last = of.balance?.lastAsk ?? '';
      for (const message of messages) {
        const asksOnly = message.every(({ kind }) => kind === 'ask');
        const over = of.balance !== null && of.caps.asksInRow > 0 && inRow >= of.caps.asksInRow;
        if (over && asksOnly && !message[0]?.urgent)
          for (const one of message) expect(one.released || askKey(one) === last).toBe(true);
        const key = asksOnly ? askKey(message.at(-1) as Waiting) : '';
        inRow = asksOnly ? inRow + (key === last ? 0 : 1) : 0;
        last = key;
      }
    }),
  );
});

test('what may not stand among others goes alone, and nothing that may go is forgotten behind it', () => {
  fc.assert(
    fc.property(situation, (of) => {
      const { messages, held, left, again } = turnOf(of);
      for (const message of messages)
        if (message.length > 1) expect(message.every(({ joinable }) => joinable)).toBe(true);
      expect(new Set([...messages.flat(), ...held]).size).toBe(messages.flat().length + held.length);
      if (!of.paused && left.length > 0) expect(again).not.toBeNull();
    }),
  );
});

test('staff are asked about asks only while nothing else waits: a gift goes first, and the ask after it', () => {
  fc.assert(
    fc.property(situation, (of) => {
      const { held } = decide(of);
      if (held.length === 0) return;
      const alive = of.waiting.filter((one) => !one.urgent && lastsUntil(one) > of.now);
      expect(alive.every(({ kind }) => kind === 'ask')).toBe(true);
    }),
  );
});

test('the moment that is named as free is free, and no earlier one was for the same reasons', () => {
  fc.assert(
    fc.property(situation, (of) => {
      const { at } = nextFree(of);
      expect(nextFree({ ...of, now: at })).toMatchObject({ at });
      expect(countIn(of.sentAt, at)).toBeLessThan(of.caps.perWeek);
    }),
  );
});

test('the same ask to three people of a partner is one ask; a gift or a note begins anew', () => {
  const ask = (subject: string) => ({ kind: 'ask', feature: 'roles', subject }) as const;
  let of: Balance = noBalance;
  for (const subject of ['a', 'a', 'a', 'b']) of = afterMessage(of, [ask(subject)]);
  expect(of.asksInRow).toBe(2);
  expect(mayAsk(of, 2, 'roles:c')).toBe(false);
  expect(mayAsk(of, 2, 'roles:b')).toBe(true);
  expect(mayAsk(of, 0, 'roles:c')).toBe(true);
  expect(afterMessage(of, [ask('c'), { ...ask('d'), kind: 'give' }])).toEqual(noBalance);
});

test('the third thing of a day waits for the next morning, the sixth of a week until a week after the first', () => {
  const own: ContactHours = {
    timeZone: 'America/Winnipeg',
    quietHoursStart: '18:00',
    quietHoursEnd: '08:00',
    workingDays: [1, 2, 3, 4, 5],
    holidays: [],
    awayUntil: null,
  };
  const of = { hours: own, caps: usualCaps, gatherUntil: null };
  const twice = nextFree({ ...of, now: after(2), sentAt: [after(0), after(1)] });
  expect(twice).toEqual({ at: new Date('2026-03-03T14:00:00Z'), why: 'day' });
  const week = [0, 1, 24, 25, 48].map(after);
  expect(nextFree({ ...of, now: after(72), sentAt: week })).toEqual({
    // Summer time has begun meanwhile: seven days later is an hour later on the clock.
    at: after(7 * 24),
    why: 'week',
  });
});
