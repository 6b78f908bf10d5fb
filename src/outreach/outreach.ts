import { refused, shown } from '../core/answer.ts';
import { defineButton, defineFeature, type Feature, type TimedJob } from '../core/command.ts';
import type { CoalitionId, MemberId } from '../core/ids.ts';
import type { Outreach, Reaching, Writing } from '../core/ports.ts';
import type { Coalition } from '../core/who.ts';
import type { Prisma } from '../database.ts';
import { getCoalition } from '../identity/store.ts';
import { nextContact } from '../time/contact-hours.ts';
import { recordBalance } from './balance.ts';
import { fitsAmongOthers, joinedCard, pagePress, pageWith } from './joined.ts';
import { makePausing } from './pausing.ts';
import { nextFree, noBalance } from './rules.ts';
import {
  inMessage,
  itemsOf,
  letHeldGo,
  makeSend,
  type Ports,
  plan,
  planEach,
  sendKind,
  settleMessage,
} from './send.ts';
import {
  hoursOf,
  lockPerson,
  type MemberRow,
  mapAllowances,
  type Person,
  type Row,
  readPerson,
  record,
  recordMessage,
  recordState,
  recordTouchpoint,
  replaceEarlier,
} from './store.ts';
import { say } from './words.ts';

const togetherKey = 'outreach-together';

/**
 * The outreach door: the one way out to a person who did not just ask. `rules.ts` decides who hears what and when,
 * `send.ts` does it, and everything that waits for one person goes out as one message.
 */
export function makeOutreach(ports: Ports): {
  outreach: Outreach;
  jobs: readonly TimedJob[];
  feature: Feature;
} {
  const { delivery, timers } = ports;
  const pausing = makePausing(ports);

  const outreach: Outreach = {
    ...pausing.door,

    reach: (writing, message) => outreach.reachEach(writing, [message]),

    async reachEach(writing, messages) {
      const [first] = messages;
      if (!first) return;
      const { rows, members } = await record(writing, await withoutHaste(writing, messages), 'waiting');
      await replaceEarlier(writing, rows);
      const planned = rows.map((row): [Row, Date] => {
        const member = members.get(row.memberId);
        if (row.urgent !== null || !member) return [row, writing.now];
        return [row, firstContact(writing.now, first.coalition, member)];
      });
      await planEach(ports, writing, planned);
    },

    async replan(writing, coalitionId, member) {
      const coalition = await getCoalition(writing.tx, coalitionId);
      const rows = await writing.tx.outreach.findMany({
        where: { coalitionId, state: 'waiting', ...(member ? { memberId: member } : {}) },
      });
      for (const row of rows) {
        await timers.cancel(writing, { coalitionId, kind: sendKind, subject: row.id });
        const at = await firstContactOf(writing, coalition, row);
        await plan(ports, writing, row, at, `-replanned-${writing.now.toISOString()}`);
      }
    },

    async reachTogether(writing, { each, ...message }) {
      const messages = each.map(({ member, card }) => ({ ...message, member, card }));
      const { rows } = await record(writing, messages, 'together');
      const [first] = rows;
      if (!first) return;
      const free = rows.length === each.length ? await listFree(writing, message.coalition, rows) : null;
      const { posted } = free
        ? await delivery.post(writing, {
            coalitionId: message.coalition.id,
            to: { together: rows.map(({ memberId }) => memberId as MemberId) },
            key: `${togetherKey}:${first.id}`,
            card: message.card,
          })
        : { posted: false };
      if (!posted) return sendApart(writing, message.coalition, rows);
      for (const [index, row] of rows.entries()) {
        const countsFor = free?.[index]?.countsFor ?? null;
        const of = { urgent: false, countsFor, before: null, sent: false };
        await recordMessage(writing, message.coalition.id, [row], of);
      }
    },

    async takeBack({ tx, now }, { coalitionId, from, subjectPrefix, members }) {
      const taken = await tx.outreach.updateManyAndReturn({
        where: {
          coalitionId,
          feature: from,
          state: { in: ['waiting', 'held'] },
          subject: { startsWith: subjectPrefix },
          ...(members ? { memberId: { in: [...members] } } : {}),
        },
        data: { state: 'expired', settledAt: now },
        select: { memberId: true, subject: true, releasedAt: true, releasedById: true },
      });
      return taken.map(({ memberId, subject, releasedAt, releasedById }) => ({
        member: memberId as MemberId,
        subject,
        released: releasedAt && { at: releasedAt, by: releasedById as MemberId | null },
      }));
    },

    async settled(writing, { outgoingKey, failure }) {
      const [prefix, id = ''] = outgoingKey.split(':');
      if (prefix === togetherKey) return settleTogether(writing, id, failure);
      if (prefix === 'outreach') await settleMessage(ports, writing, id, failure);
    },

    async contacted(writing, { coalitionId, partnerId }) {
      await recordBalance(writing.tx, coalitionId, partnerId, noBalance);
      await letHeldGo(ports, writing, coalitionId, partnerId);
    },

    async rejoin(writing, { coalitionId, member, item, card }) {
      if (!fitsAmongOthers(card, member)) return null;
      const own = { id: item, coalitionId, memberId: member.id };
      const row = await writing.tx.outreach.findFirst({ where: own });
      if (!row?.messageId) return null;
      const stored = JSON.parse(JSON.stringify(card)) as Prisma.InputJsonValue;
      await writing.tx.outreach.update({ where: { id: item }, data: { card: stored } });
      const items = itemsOf(await inMessage(writing.tx, row.messageId));
      return items.length < 2 ? null : joinedCard(member, items, pageWith(items, member, item));
    },
  };

  /** Turns to another page of a message that holds more than fits one. */
  const page = defineButton({
    press: pagePress,
    answers: 'by-updating',
    by: 'member',
    async run({ payload, asked: { coalition, member, reader }, tools }) {
      const rows = await inMessage(tools.database, payload.message);
      const own = rows.filter((row) => row.coalitionId === coalition.id && row.memberId === member.id);
      if (own.length === 0) return refused('outreach.gone', say(reader, 'joined.gone'));
      return shown(joinedCard(reader, itemsOf(own), payload.page));
    },
  });

  /** What could not be said in one conversation is said to each, when they may be contacted. */
  async function sendApart(writing: Writing, coalition: Coalition, rows: readonly Row[]): Promise<void> {
    for (const row of rows) {
      await writing.tx.outreach.update({ where: { id: row.id }, data: { state: 'waiting' } });
      await writing.tx.outreachMessage.deleteMany({ where: { id: row.id } });
      await plan(ports, writing, row, await firstContactOf(writing, coalition, row));
    }
  }

  async function settleTogether(writing: Writing, firstId: string, failure: string | null): Promise<void> {
    const { tx } = writing;
    const first = await tx.outreach.findUnique({ where: { id: firstId } });
    if (!first) return;
    const { coalitionId, feature, subject } = first;
    const rows = await tx.outreach.findMany({
      where: { coalitionId, feature, subject, state: 'together' },
      orderBy: { id: 'asc' },
    });
    if (failure !== null) return sendApart(writing, await getCoalition(tx, coalitionId as CoalitionId), rows);
    for (const row of rows) {
      await recordState(writing, coalitionId as CoalitionId, [row.id], 'sent');
      await recordTouchpoint(writing, row);
    }
  }

  const feature = defineFeature({ name: 'outreach', say, buttons: [page] });
  return { outreach, jobs: [makeSend(ports), ...pausing.jobs], feature };
}

/** When it is this person's hours next; whether their allowance has room is asked then. */
async function firstContactOf({ tx, now }: Writing, coalition: Coalition, row: Row): Promise<Date> {
  return firstContact(now, coalition, await tx.member.findUniqueOrThrow({ where: { id: row.memberId } }));
}

const firstContact = (now: Date, coalition: Coalition, member: MemberRow): Date =>
  nextContact(now, hoursOf(coalition, member));

/** What somebody hears early enough in their own hours, and within their limits, is not urgent for them. */
async function withoutHaste(
  { tx, now }: Writing,
  messages: readonly Reaching[],
): Promise<readonly Reaching[]> {
  const maybe = messages.filter(({ urgent, canWaitUntil }) => urgent && canWaitUntil);
  const [first] = maybe;
  if (!first) return messages;
  const members = maybe.map(({ member }) => member);
  const allowances = await mapAllowances(tx, first.coalition, members, now);
  return messages.map((message) => {
    const { urgent, canWaitUntil, ...waits } = message;
    const allowance = canWaitUntil && allowances.get(message.member);
    if (!urgent || !allowance) return message;
    return nextFree({ ...allowance, now, gatherUntil: null }).at < canWaitUntil ? waits : message;
  });
}

/**
 * The people, where each of them may have one more message now; else null. Locks them in one order, whoever asks.
 */
async function listFree(
  writing: Writing,
  coalition: Coalition,
  rows: readonly Row[],
): Promise<Person[] | null> {
  for (const memberId of rows.map((row) => row.memberId).sort()) await lockPerson(writing.tx, memberId);
  const people: Person[] = [];
  for (const row of rows) {
    const person = await readPerson(writing, coalition, row.memberId, [row]);
    if (person.paused || nextFree(person).at > writing.now) return null;
    people.push(person);
  }
  return people;
}
