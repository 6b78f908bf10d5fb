import { card, paragraph } from '../../../core/card.ts';
import type { TimedJob } from '../../../core/command.ts';
import type { MemberId } from '../../../core/ids.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import type { Text } from '../../../core/text.ts';
import type { Coalition } from '../../../core/who.ts';
import { addDays, atWallClock, localDate } from '../../../time/wall-clock.ts';
import { usualWeights } from '../matching/fit/rules.ts';
import { metBefore, pairKey } from '../matching/history/rules.ts';
import { absenceOf, representatives } from '../people/rules.ts';
import { listCandidates } from '../people/store.ts';
import { roundTimes } from '../programme/rules.ts';
import { findProgramme } from '../programme/store.ts';
import { listRules } from '../restrictions/store.ts';
import {
  closeSatOut,
  currentNumber,
  findRoundById,
  listFreed,
  lockRound,
  type Round,
  recordSatOut,
} from '../rounds/store.ts';
import { say } from '../words.ts';
import { afterwardsCard, introductionCard, midwayCard, togetherCard } from './cards.ts';
import {
  afterwardsKind,
  bestFree,
  type Group,
  type GroupId,
  introduceKind,
  midwayKind,
  type Person,
  rematchKind,
  staying,
} from './rules.ts';
import {
  closeGroup,
  closeSeat,
  findGroup,
  openGroup,
  readHistory,
  recordAnswer,
  recordSent,
} from './store.ts';

const from = 'introductions';
/** When an introduction outside a round is asked about. */
const midwayDays = 7;
const afterwardsDays = 21;
const askHour = '10:00';

/** Sends an introduction as soon as the transaction is committed. */
export async function setIntroduce(
  tools: Tools,
  writing: Writing,
  coalition: Coalition,
  groupId: GroupId,
): Promise<void> {
  const key = { coalitionId: coalition.id, kind: introduceKind, subject: groupId, occurrence: 'once' };
  await tools.timers.set(writing, { ...key, dueAt: writing.now });
}

/** Finds somebody else for those whom a dissolved group leaves behind. */
async function setRematch(tools: Tools, writing: Writing, coalition: Coalition, groupId: GroupId) {
  const key = { coalitionId: coalition.id, kind: rematchKind, subject: groupId, occurrence: 'once' };
  await tools.timers.set(writing, { ...key, dueAt: writing.now });
}

/** Lets somebody out, and frees the others: two or more stay together, one alone is introduced anew. */
export async function letOut(
  tools: Tools,
  writing: Writing,
  coalition: Coalition,
  group: Group,
  me: Pick<Person, 'memberId' | 'name'>,
): Promise<void> {
  await recordAnswer(writing, coalition.id, group, me.memberId, 'out');
  const left = staying(group.seats).filter((seat) => seat.memberId !== me.memberId);
  if (left.length > 1) {
    for (const other of left) {
      await tell(tools, writing, coalition, other, {
        subject: `out:${group.id}:${me.memberId}`,
        why: say(coalition, 'why.out'),
        words: (to) => say(to, 'out.told', { name: me.name }),
      });
    }
    return;
  }
  await closeGroup(writing, coalition.id, group.id);
  await setRematch(tools, writing, coalition, group.id);
}

/** Somebody says that an introduction came to a meeting: a real contact with every partner in it. */
export async function recordMet(
  tools: Tools,
  writing: Writing,
  coalition: Coalition,
  group: Group,
): Promise<void> {
  for (const { memberId, partner } of staying(group.seats)) {
    await tools.contacts.record(writing, {
      coalitionId: coalition.id,
      partnerId: partner.id,
      memberId,
      kind: 'introduction',
      subject: `introduction:${group.id}`,
      at: writing.now,
    });
  }
}

/** Who can still be introduced is asked at this moment: nobody away, paused or gone is named to anybody. */
export const introduceJob: TimedJob = {
  kind: introduceKind,
  async run({ writing, coalition, subject, tools }) {
    const { tx } = writing;
    const group = await findGroup(tx, coalition.id, subject as GroupId);
    if (group?.state !== 'waiting') return;
    const round = group.roundId ? await findRoundById(tx, coalition.id, group.roundId) : null;
    const present = await presentMembers(writing, coalition, group, round);
    for (const seat of group.seats) {
      if (!present.has(seat.memberId)) await closeSeat(writing, coalition.id, group.id, seat.memberId);
    }
    const seats = group.seats.filter((seat) => present.has(seat.memberId));
    if (seats.length < 2) {
      await closeGroup(writing, coalition.id, group.id);
      await setRematch(tools, writing, coalition, group.id);
      return;
    }
    const whole = { ...group, seats };
    const history = await readPairs(writing, coalition, whole);
    const number = round?.number ?? (await currentNumber(tx, coalition.id));
    if (!(await recordSent(writing, coalition.id, whole, number))) return;
    await tools.outreach.reachTogether(writing, {
      coalition,
      kind: 'give',
      from,
      subject: `introduction:${group.id}`,
      why: say(coalition, 'why.introduction'),
      card: togetherCard(coalition, whole, history),
      each: seats.map((me) => ({ member: me.memberId, card: introductionCard(me, whole, me, history) })),
    });
    const times = await askTimes(writing, coalition, round);
    const timer = { coalitionId: coalition.id, subject: group.id, occurrence: 'once' };
    await tools.timers.set(writing, { ...timer, kind: midwayKind, dueAt: times.midwayAt });
    await tools.timers.set(writing, { ...timer, kind: afterwardsKind, dueAt: times.afterwardsAt });
  },
};

async function presentMembers(
  { tx, now }: Writing,
  coalition: Coalition,
  group: Group,
  round: Round | null,
): Promise<Set<MemberId>> {
  const ids = group.seats.map((seat) => seat.memberId);
  const candidates = await listCandidates(tx, coalition.id, round?.date ?? null, ids);
  // Staff and newcomers' introductions are no round: how the programme was set up does not bind them.
  const programme = group.roundId ? await findProgramme(tx, coalition.id) : null;
  return new Set(
    candidates.filter((one) => absenceOf(one, programme, now) === null).map(({ memberId }) => memberId),
  );
}

/** How often the first two were introduced before. */
async function readPairs({ tx }: Writing, coalition: Coalition, { seats }: Group): Promise<number> {
  const [a, b] = seats;
  if (!a || !b) return 0;
  const history = await readHistory(tx, coalition.id, [a.partner.id, b.partner.id]);
  return metBefore(history, a.partner.id, b.partner.id)?.times ?? 0;
}

async function askTimes({ tx, now }: Writing, coalition: Coalition, round: Round | null) {
  const programme = await findProgramme(tx, coalition.id);
  if (round && programme) return roundTimes(programme, round.date, coalition);
  const today = localDate(now, coalition.timeZone);
  const at = (days: number) => atWallClock(addDays(today, days), askHour, coalition.timeZone);
  return { midwayAt: at(midwayDays), afterwardsAt: at(afterwardsDays) };
}

export const rematchJob: TimedJob = {
  kind: rematchKind,
  async run({ writing, coalition, subject, tools }) {
    const { tx, now } = writing;
    const group = await findGroup(tx, coalition.id, subject as GroupId);
    const round = group?.roundId ? await lockRound(writing, coalition.id, group.roundId) : null;
    if (!group || !round || group.state !== 'dissolved') return;
    const freed = await listFreed(tx, coalition.id, round.id);
    const programme = await findProgramme(tx, coalition.id);
    const all = await listCandidates(tx, coalition.id, round.date);
    const present = all.filter((one) => absenceOf(one, programme, now) === null);
    const waiting = representatives(present.filter((one) => round.satOut.includes(one.partner.id)));
    const free = [
      ...new Set([...present.filter((one) => freed.includes(one.memberId)), ...waiting.values()]),
    ];
    const rules = await listRules(tx, coalition.id);
    const barred = new Set(
      rules.filter(({ kind }) => kind === 'must-not').map(({ oneId, otherId }) => pairKey(oneId, otherId)),
    );
    const history = await readHistory(tx, coalition.id);
    const weights = programme?.weights ?? usualWeights;

    for (const seat of staying(group.seats)) {
      const me = free.find((one) => one.memberId === seat.memberId);
      if (!me) continue;
      const mate = bestFree(me, free, { history, barred, weights, at: now });
      if (!mate) {
        await recordSatOut(writing, coalition.id, round.id, me.partner.id);
        const left = group.seats.find((one) => one.answer === 'out');
        await tell(tools, writing, coalition, seat, {
          subject: `alone:${group.id}`,
          why: say(coalition, 'why.out'),
          words: (reader) =>
            left ? say(reader, 'out.next', { name: left.name }) : say(reader, 'sat-out.told'),
        });
        continue;
      }
      const people = [me, mate].map((one) => ({ memberId: one.memberId, partnerId: one.partner.id }));
      const key = `rematch:${group.id}:${me.memberId}`;
      const made = await openGroup(writing, coalition.id, {
        key,
        origin: 'rematch',
        roundId: round.id,
        state: 'waiting',
        people,
      });
      await closeSatOut(writing, coalition.id, round.id, [me.partner.id, mate.partner.id]);
      free.splice(free.indexOf(mate), 1);
      free.splice(free.indexOf(me), 1);
      if (made) await setIntroduce(tools, writing, coalition, made);
    }
  },
};

export const midwayJob: TimedJob = {
  kind: midwayKind,
  async run({ writing, coalition, subject, tools }) {
    const group = await findGroup(writing.tx, coalition.id, subject as GroupId);
    if (group?.state !== 'sent') return;
    for (const me of group.seats.filter((seat) => seat.answer === null)) {
      await reach(tools, writing, coalition, me, {
        kind: 'ask',
        subject: `midway:${group.id}`,
        why: say(coalition, 'why.midway'),
        card: midwayCard(me, group, me),
      });
    }
  },
};

export const afterwardsJob: TimedJob = {
  kind: afterwardsKind,
  async run({ writing, coalition, subject, tools }) {
    const group = await findGroup(writing.tx, coalition.id, subject as GroupId);
    if (group?.state !== 'sent') return;
    for (const me of staying(group.seats).filter((seat) => seat.outcome === null)) {
      await reach(tools, writing, coalition, me, {
        kind: 'ask',
        subject: `afterwards:${group.id}`,
        why: say(coalition, 'why.afterwards'),
        card: afterwardsCard(me, group, me),
      });
    }
  },
};

type Told = Pick<Person, 'memberId' | 'language' | 'timeZone'>;

export async function reach(
  tools: Tools,
  writing: Writing,
  coalition: Coalition,
  to: Told,
  message: Pick<Parameters<Tools['outreach']['reach']>[1], 'kind' | 'subject' | 'card' | 'expires' | 'why'>,
): Promise<void> {
  await tools.outreach.reach(writing, { coalition, member: to.memberId, from, ...message });
}

/** One sentence to somebody, in their language, neither asking nor giving. */
export async function tell(
  tools: Tools,
  writing: Writing,
  coalition: Coalition,
  to: Told,
  of: { subject: string; why: Text; words: (reader: Told) => Text },
): Promise<void> {
  const { subject, why, words } = of;
  await reach(tools, writing, coalition, to, {
    kind: 'neutral',
    subject,
    why,
    card: card(paragraph(words(to))),
  });
}
