import type { Card } from '../core/card.ts';
import type { TimedJob } from '../core/command.ts';
import type { CoalitionId, MemberId } from '../core/ids.ts';
import type { Delivery, Outreach, StaffTasks, Timers, Writing } from '../core/ports.ts';
import { wordsIn } from '../core/words.ts';
import type { Prisma } from '../database.ts';
import { getCoalition } from '../identity/store.ts';
import { nextContact } from '../time/contact-hours.ts';
import english from './words.en.json' with { type: 'json' };

const say = wordsIn(english);
const sendKind = 'outreach.send';
/** More accounts than anybody has: one message is tried once by each. */
const mostTries = 20;
/** In a conversation of several, until that has arrived or failed. */
const togetherState = 'together';
const togetherKey = 'outreach-together';

type Row = NonNullable<Awaited<ReturnType<Writing['tx']['outreach']['findUnique']>>>;

/**
 * The outreach door. It decides when a person may be contacted and by which account, records the contact once
 * it has arrived, and tells staff about people who cannot be reached. Weekly caps and joining several messages
 * into one belong in `whenToSend` and `sendWaiting`.
 */
export function makeOutreach(ports: { delivery: Delivery; timers: Timers; staffTasks: StaffTasks }): {
  outreach: Outreach;
  jobs: readonly TimedJob[];
} {
  const { delivery, timers, staffTasks } = ports;

  const outreach: Outreach = {
    async reach(writing, message) {
      const row = await record(writing, message, 'waiting');
      if (row) await plan(writing, row, await whenToSend(writing, row));
    },

    async replan(writing, coalitionId) {
      const rows = await writing.tx.outreach.findMany({ where: { coalitionId, state: 'waiting' } });
      for (const row of rows) {
        await timers.cancel(writing, { coalitionId, kind: sendKind, subject: row.id });
        await plan(writing, row, await whenToSend(writing, row));
      }
    },

    async reachTogether(writing, { each, ...message }) {
      const rows: Row[] = [];
      for (const { member, card } of each) {
        const row = await record(writing, { ...message, member, card }, togetherState);
        if (row) rows.push(row);
      }
      const [first] = rows;
      if (!first) return;
      const times = await Promise.all(rows.map((row) => whenToSend(writing, row)));
      const allNow = rows.length === each.length && times.every((at) => at <= writing.now);
      const { posted } = allNow
        ? await delivery.post(writing, {
            coalitionId: message.coalition.id,
            to: { together: rows.map(({ memberId }) => memberId as MemberId) },
            key: `${togetherKey}:${first.id}`,
            card: message.card,
          })
        : { posted: false };
      if (!posted) await sendApart(writing, rows);
    },

    async takeBack({ tx, now }, { coalitionId, from, subjectPrefix, members }) {
      const taken = await tx.outreach.updateManyAndReturn({
        where: {
          coalitionId,
          feature: from,
          state: 'waiting',
          subject: { startsWith: subjectPrefix },
          ...(members ? { memberId: { in: [...members] } } : {}),
        },
        data: { state: 'expired', settledAt: now },
        select: { subject: true },
      });
      return taken.map(({ subject }) => subject);
    },

    async settled(writing, { outgoingKey, failure }) {
      const [prefix, id = ''] = outgoingKey.split(':');
      if (prefix === togetherKey) return settleTogether(writing, id, failure);
      if (prefix !== 'outreach') return;
      const row = await writing.tx.outreach.findUnique({ where: { id } });
      if (!row) return;
      if (failure === null) await recordTouchpoint(writing, row);
      else await tryToSend(writing, row, failure);
    },
  };

  /** Writes down what is wanted; null when it was before, or the person has left. */
  async function record(
    writing: Writing,
    message: Parameters<Outreach['reach']>[1],
    state: string,
  ): Promise<Row | null> {
    const { coalition, member, from, subject } = message;
    const to = await writing.tx.member.findFirst({
      where: { id: member, coalitionId: coalition.id, leftAt: null },
    });
    if (!to) return null;
    const made = await writing.tx.outreach.createManyAndReturn({
      data: {
        coalitionId: coalition.id,
        memberId: member,
        partnerId: to.partnerId,
        kind: message.kind,
        feature: from,
        subject,
        card: message.card as unknown as Prisma.InputJsonValue,
        state,
        wantedAt: writing.now,
        expiresAt: message.expires ?? null,
      },
      skipDuplicates: true,
    });
    return made[0] ?? null;
  }

  /** What could not be said in one conversation is said to each, when they may be contacted. */
  async function sendApart(writing: Writing, rows: readonly Row[]): Promise<void> {
    for (const row of rows) {
      await writing.tx.outreach.update({ where: { id: row.id }, data: { state: 'waiting' } });
      await plan(writing, row, await whenToSend(writing, row));
    }
  }

  async function settleTogether(writing: Writing, firstId: string, failure: string | null): Promise<void> {
    const { tx, now } = writing;
    const first = await tx.outreach.findUnique({ where: { id: firstId } });
    if (!first) return;
    const { coalitionId, feature, subject } = first;
    const rows = await tx.outreach.findMany({
      where: { coalitionId, feature, subject, state: togetherState },
      orderBy: { id: 'asc' },
    });
    if (failure !== null) return sendApart(writing, rows);
    for (const row of rows) {
      await tx.outreach.update({ where: { id: row.id }, data: { state: 'sent', settledAt: now } });
      await recordTouchpoint(writing, row);
    }
  }

  async function plan(writing: Writing, row: Row, dueAt: Date): Promise<void> {
    const { coalitionId, id } = row;
    const occurrence = dueAt.toISOString();
    await timers.set(writing, {
      coalitionId: coalitionId as CoalitionId,
      kind: sendKind,
      subject: id,
      occurrence,
      dueAt,
    });
  }

  /** Sends by the best account that still works; when none is left, a person on staff has to. */
  async function tryToSend(writing: Writing, row: Row, lastFailure: string | null): Promise<void> {
    const { tx, now } = writing;
    const coalitionId = row.coalitionId as CoalitionId;
    const memberId = row.memberId as MemberId;
    // Whole keys, which the index finds; the beginning of a key would read every message of the coalition.
    const keys = Array.from({ length: mostTries }, (_, index) => `outreach:${row.id}:${index + 1}`);
    const tries = await tx.outgoing.count({ where: { coalitionId, key: { in: keys } } });
    const { posted } = await delivery.post(writing, {
      coalitionId,
      to: { member: memberId },
      key: `outreach:${row.id}:${tries + 1}`,
      card: row.card as unknown as Card,
    });
    if (posted) {
      await tx.outreach.update({ where: { id: row.id }, data: { state: 'sent', settledAt: now } });
      return;
    }
    await tx.outreach.update({ where: { id: row.id }, data: { state: 'unreachable', settledAt: now } });
    const coalition = await getCoalition(tx, coalitionId);
    const member = await tx.member.findUniqueOrThrow({ where: { id: memberId } });
    const known = `why.${lastFailure ?? 'none'}`;
    const why = say.plain(coalition, say.has(known) ? (known as 'why.none') : 'why.other');
    const text = say(coalition, 'unreachable', { member: { member: memberId, name: member.name }, why });
    await staffTasks.open(writing, { coalitionId, kind: 'member-unreachable', subject: memberId, text });
  }

  const send: TimedJob = {
    kind: sendKind,
    async run({ writing, subject }) {
      const row = await writing.tx.outreach.findUnique({ where: { id: subject } });
      if (row?.state !== 'waiting') return;
      if (row.expiresAt && row.expiresAt <= writing.now) {
        await writing.tx.outreach.update({
          where: { id: row.id },
          data: { state: 'expired', settledAt: writing.now },
        });
        return;
      }
      // Asked again at the moment of sending: the person may be away since it was planned.
      const when = await whenToSend(writing, row);
      if (when > writing.now) await plan(writing, row, when);
      else await tryToSend(writing, row, null);
    },
  };

  return { outreach, jobs: [send] };
}

/** The first moment at which this person may be contacted. */
async function whenToSend({ tx, now }: Writing, row: Row): Promise<Date> {
  const member = await tx.member.findUniqueOrThrow({ where: { id: row.memberId } });
  const coalition = await getCoalition(tx, row.coalitionId as CoalitionId);
  return nextContact(now, {
    timeZone: member.timeZone,
    quietHoursStart: member.quietHoursStart ?? coalition.quietHoursStart,
    quietHoursEnd: member.quietHoursEnd ?? coalition.quietHoursEnd,
    workingDays: coalition.workingDays,
    holidays: coalition.holidays,
    awayUntil: member.awayUntil,
  });
}

async function recordTouchpoint({ tx, now }: Writing, row: Row): Promise<void> {
  const { coalitionId, memberId, partnerId, kind, feature, id } = row;
  await tx.touchpoint.createMany({
    data: { coalitionId, memberId, partnerId, kind, feature, outreachId: id, at: now },
    skipDuplicates: true,
  });
}
