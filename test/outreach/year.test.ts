import { expect, test } from 'vitest';
import {
  afterMessage,
  askKey,
  type Balance,
  decide,
  lastsUntil,
  noBalance,
  spreadMs,
  usualCaps,
  type Waiting,
  weekMs,
} from '../../src/outreach/rules.ts';
import type { ContactHours } from '../../src/time/contact-hours.ts';
import { localDate, localTime } from '../../src/time/wall-clock.ts';
import { seeded } from '../support/seeded.ts';

/** A year of 300 partners with two people each, in zones with and without summer time, decided by the rules alone. */
const start = Date.parse('2026-01-01T00:00:00Z');
const dayMs = 86_400_000;
const yearMs = 365 * dayMs;
const zones = ['America/Winnipeg', 'Europe/Paris', 'Pacific/Auckland', 'Asia/Kolkata', 'Australia/Lord_Howe'];
const holidays = ['2026-01-01', '2026-04-03', '2026-05-01', '2026-12-25', '2026-12-28'];
/** Nothing was decided in these weeks: the bot was away. */
const outages = ['2026-02-09T12:00:00Z', '2026-08-20T00:00:00Z'].map((at) => ({
  from: Date.parse(at),
  to: Date.parse(at) + 7 * dayMs,
}));
/** Staff paused everything on these days. */
const pauses = ['2026-04-14T09:00:00Z', '2026-10-05T00:00:00Z'].map((at) => ({
  from: Date.parse(at),
  to: Date.parse(at) + 5 * dayMs,
}));
const isPaused = (at: number) => pauses.some(({ from, to }) => at >= from && at < to);
const gatherFor = 10 * 60_000;

type Sent = { at: Date; ids: readonly string[]; asksOnly: boolean; urgent: boolean; released: boolean };
type Person = {
  hours: ContactHours;
  away: { from: number; to: number }[];
  waiting: Waiting[];
  held: Waiting[];
  sent: Sent[];
  /** What ran out, and when that was noticed. */
  expired: Map<string, number>;
  lookAt: number | null;
};

/** The bot's first moment awake at or after this one. */
const awake = (at: number) => outages.find(({ from, to }) => at >= from && at < to)?.to ?? at;
const gatherUntil = (at: number) => {
  const back = outages.find(({ to }) => at >= to && at < to + gatherFor);
  return back ? new Date(back.to + gatherFor) : null;
};

function makePartner(chance: () => number) {
  const people = [0, 1].map((): Person => {
    const away = Array.from({ length: 3 }, () => {
      const from = Math.floor(start + chance() * yearMs);
      return { from, to: from + Math.floor(chance() * 21 * dayMs) };
    });
    const timeZone = zones[Math.floor(chance() * zones.length)] ?? 'UTC';
    const quiet = chance() < 0.8 ? ['18:00', '08:00'] : ['20:00', '10:00'];
    return {
      hours: {
        timeZone,
        quietHoursStart: quiet[0] ?? '',
        quietHoursEnd: quiet[1] ?? '',
        workingDays: [1, 2, 3, 4, 5],
        holidays,
        awayUntil: null,
      },
      away,
      waiting: [],
      held: [],
      sent: [],
      expired: new Map(),
      lookAt: null,
    };
  });
  const log: ('contact' | 'asks' | 'more')[] = [];
  return { people, balance: noBalance as Balance, log };
}

/** Some partners hear a lot, some little. */
function makeWanted(chance: () => number, count: number) {
  const wanted: { at: number; who: number; what: Omit<Waiting, 'wantedAt'> }[] = [];
  for (let number = 0; number < count; number += 1) {
    const at = Math.floor(start + chance() * (yearMs - 75 * dayMs));
    const which = chance();
    const kind = which < 0.6 ? 'ask' : which < 0.8 ? 'give' : 'neutral';
    const expires = chance() < 0.5 ? new Date(at + (1 + chance() * 20) * dayMs) : null;
    const urgent = chance() < 0.01;
    const matters = chance() < 0.2 ? 'much' : chance() < 0.8 ? 'usual' : 'little';
    const what = {
      id: `${number}`,
      kind,
      feature: 'year',
      subject: `${number}`,
      matters,
      urgent,
      joinable: true,
    } as const;
    wanted.push({
      at,
      who: chance() < 0.7 ? 0 : 1,
      what: { ...what, expiresAt: expires, released: false },
    });
  }
  return wanted.sort((a, b) => a.at - b.at);
}

function takeTurn(partner: ReturnType<typeof makePartner>, person: Person, at: number): void {
  const now = new Date(at);
  const away = person.away.filter(({ from, to }) => at >= from && at < to).map(({ to }) => to);
  const hours = { ...person.hours, awayUntil: away.length > 0 ? new Date(Math.max(...away)) : null };
  const sentAt = person.sent.map((one) => one.at).filter((each) => each.getTime() > at - weekMs);
  const verdict = decide({
    now,
    waiting: person.waiting,
    sentAt,
    hours,
    caps: usualCaps,
    balance: partner.balance,
    paused: isPaused(at),
    gatherUntil: gatherUntil(at),
  });
  const those = (ids: readonly string[]) => person.waiting.filter(({ id }) => ids.includes(id));
  for (const id of verdict.expired) person.expired.set(id, at);
  person.held.push(...those(verdict.held));
  const messages = [
    ...verdict.urgent.map((id) => [id]),
    ...(verdict.joined.length > 0 ? [verdict.joined] : []),
  ];
  for (const ids of messages) {
    const contents = ids.flatMap((id) => those([id]));
    expect(contents.filter((one) => lastsUntil(one) <= now)).toEqual([]);
    for (const [index, one] of contents.entries()) expectInOrder(contents[index - 1], one);
    const asksOnly = contents.every(({ kind }) => kind === 'ask');
    const [first] = contents;
    const over = asksOnly && !first?.urgent && partner.balance.asksInRow >= usualCaps.asksInRow;
    // The balance gate: only what staff let go, or the same ask to somebody else, may follow.
    if (over)
      expect(contents.every((one) => one.released || askKey(one) === partner.balance.lastAsk)).toBe(true);
    if (!first?.urgent) {
      const time = localTime(now, hours.timeZone);
      expect(time >= hours.quietHoursEnd && time < hours.quietHoursStart).toBe(true);
      expect(holidays).not.toContain(localDate(now, hours.timeZone));
      expect(away).toEqual([]);
    }
    const released = contents.some((one) => one.released);
    person.sent.push({ at: now, ids, asksOnly, urgent: first?.urgent ?? false, released });
    partner.balance = afterMessage(partner.balance, contents);
    partner.log.push(asksOnly ? 'asks' : 'more');
    expect(partner.balance.asksInRow).toBe(trailingAsks(partner.log));
  }
  const gone = new Set([...verdict.expired, ...verdict.held, ...messages.flat()]);
  person.waiting = person.waiting.filter(({ id }) => !gone.has(id));
  // A message takes along everything that may go: nothing of more weight stays behind something of less.
  if (verdict.joined.length > 0) expect(person.waiting).toEqual([]);
  person.lookAt = verdict.again ? awake(verdict.again.at.getTime()) : null;
}

/** What the order is in words, without a line of the code under test. */
function expectInOrder(before: Waiting | undefined, after: Waiting): void {
  if (!before) return;
  const rank = ({ matters, expiresAt, kind, wantedAt }: Waiting) => [
    { much: 0, usual: 1, little: 2 }[matters],
    expiresAt ? expiresAt.getTime() : Infinity,
    { ask: 0, neutral: 1, give: 2 }[kind],
    wantedAt.getTime(),
  ];
  const [a, b] = [rank(before), rank(after)];
  const first = a.findIndex((value, index) => value !== b[index]);
  expect(first < 0 || (a[first] ?? 0) < (b[first] ?? 0)).toBe(true);
}

/** How many messages of nothing but asks came since anything else: a contact, a gift, a note. */
function trailingAsks(log: readonly string[]): number {
  let asks = 0;
  while (asks < log.length && log[log.length - 1 - asks] === 'asks') asks += 1;
  return asks;
}

/** Held things have a timer of their own, and are dropped when their time is up. */
const heldUntil = (person: Person) =>
  person.held.map((one) => awake(lastsUntil(one).getTime())).reduce((a, b) => Math.min(a, b), Infinity);

function expireHeld(person: Person, at: number): void {
  for (const one of person.held.filter((each) => awake(lastsUntil(each).getTime()) === at))
    person.expired.set(one.id, at);
  person.held = person.held.filter((each) => !person.expired.has(each.id));
}

/** Whatever is held for a partner waits again; `released` where staff send it knowingly, and the balance stays. */
function letGo(partner: ReturnType<typeof makePartner>, at: number, released: boolean): void {
  for (const person of partner.people) {
    if (person.held.length === 0) continue;
    person.waiting.push(...person.held.map((one) => (released ? { ...one, released } : one)));
    person.held = [];
    person.lookAt = awake(at);
  }
}

/** A call: what was held goes, and the balance begins anew. */
function contact(partner: ReturnType<typeof makePartner>, at: number): void {
  partner.log.push('contact');
  partner.balance = noBalance;
  letGo(partner, at, false);
}

function liveThrough(seed: number) {
  const chance = seeded(seed);
  const partner = makePartner(chance);
  const wanted = makeWanted(chance, Math.floor(20 + chance() * 180));
  const moments = (most: number) =>
    Array.from({ length: Math.floor(chance() * most) }, () => Math.floor(start + chance() * yearMs)).sort(
      (a, b) => a - b,
    );
  const calls = moments(8);
  const releases = moments(6);
  const resumed = pauses.map(({ to }) => to);
  let next = 0;
  for (let turns = 0; turns < 100_000; turns += 1) {
    const looks = partner.people.flatMap(({ lookAt }) => lookAt ?? []);
    const holds = partner.people.map(heldUntil);
    const times = [wanted[next]?.at, calls[0], releases[0], resumed[0]].map((each) => each ?? Infinity);
    const at = Math.min(...times, ...looks, ...holds);
    if (at === Infinity) break;
    const ran = partner.people.find((person) => heldUntil(person) === at);
    if (ran) expireHeld(ran, at);
    else if (at === resumed[0]) {
      resumed.shift();
      for (const [index, person] of partner.people.entries())
        if (person.waiting.length > 0) person.lookAt = at + spreadMs(index, 2, 7_200_000);
    } else if (at === wanted[next]?.at) {
      const event = wanted[next];
      next += 1;
      const person = event && partner.people[event.who];
      if (!event || !person) continue;
      person.waiting.push({ ...event.what, wantedAt: new Date(at) });
      person.lookAt = Math.min(person.lookAt ?? Infinity, awake(at));
    } else if (at === calls[0]) {
      calls.shift();
      contact(partner, at);
    } else if (at === releases[0]) {
      releases.shift();
      letGo(partner, at, true);
    } else {
      const person = partner.people.find(({ lookAt }) => lookAt === at);
      if (person) takeTurn(partner, person, at);
    }
  }
  return { partner, wanted };
}

test('a year of 300 partners: never over the cap, nothing lost or twice, in order, one message each after an outage', () => {
  let messages = 0;
  let events = 0;
  let late = 0;
  let dropped = 0;
  let released = 0;
  for (let seed = 1; seed <= 300; seed += 1) {
    const { partner, wanted } = liveThrough(seed);
    events += wanted.length;
    for (const [who, person] of partner.people.entries()) {
      const usual = person.sent.filter(({ urgent }) => !urgent);
      messages += person.sent.length;
      released += person.sent.filter((each) => each.released).length;
      for (const { at } of usual) {
        const inWeek = person.sent.filter(
          (each) => each.at <= at && each.at.getTime() > at.getTime() - weekMs,
        );
        expect(inWeek.length).toBeLessThanOrEqual(usualCaps.perWeek);
        const day = localDate(at, person.hours.timeZone);
        const onDay = usual.filter((each) => localDate(each.at, person.hours.timeZone) === day);
        expect(onDay.length).toBeLessThanOrEqual(usualCaps.perDay);
      }
      const sent = person.sent.flatMap(({ ids }) => ids);
      expect(new Set(sent).size).toBe(sent.length);
      const own = wanted.filter((event) => event.who === who);
      // Each is sent or has run out, one of the two, and what ran out did not do so early.
      expect([...person.waiting, ...person.held]).toEqual([]);
      expect(sent.filter((id) => person.expired.has(id))).toEqual([]);
      expect(sent.length + person.expired.size).toBe(own.length);
      for (const { at, what } of own) {
        const ran = person.expired.get(what.id);
        const until = lastsUntil({ ...what, wantedAt: new Date(at) }).getTime();
        if (ran !== undefined) expect(ran).toBeGreaterThanOrEqual(until);
        if (ran !== undefined) dropped += 1;
      }
      for (const { from, to } of pauses)
        expect(person.sent.filter(({ at }) => at.getTime() >= from && at.getTime() < to)).toEqual([]);
      for (const { from, to } of outages) {
        expect(person.sent.filter(({ at }) => at.getTime() > from && at.getTime() < to)).toEqual([]);
        const back = person.sent.filter(
          ({ at, urgent }) => !urgent && at.getTime() >= to && at.getTime() < to + 3_600_000,
        );
        expect(back.length).toBeLessThanOrEqual(1);
        late += back.length;
      }
    }
  }
  expect(late).toBeGreaterThan(0);
  expect(released).toBeGreaterThan(0);
  expect(dropped).toBeGreaterThan(0);
  expect(dropped).toBeLessThan(events / 2);
  expect(messages).toBeLessThan(events);
}, 240_000);
