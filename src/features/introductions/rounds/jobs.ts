import type { TimedJob } from '../../../core/command.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import type { Coalition } from '../../../core/who.ts';
import { listBackbone } from '../../../identity/store.ts';
import { reach, setIntroduce, tell } from '../groups/jobs.ts';
import { listGroups, openGroup, readHistory } from '../groups/store.ts';
import { absenceOf, isSilent } from '../people/rules.ts';
import { listCandidates, recordChoice } from '../people/store.ts';
import { dateAfter, type Programme, roundTimes, silentBefore } from '../programme/rules.ts';
import { findProgramme } from '../programme/store.ts';
import { listRules } from '../restrictions/store.ts';
import { say } from '../words.ts';
import { drawnCard, headsUpCard, restedCard } from './cards.ts';
import {
  drawKind,
  headsUpKind,
  type ProposalState,
  programmeSubject,
  propose,
  sendKind,
  takingPart,
} from './rules.ts';
import {
  clearProposal,
  findLastSent,
  findRound,
  listRecentThirds,
  lockRound,
  openRound,
  type Round,
  recordLock,
  recordProposed,
  recordSending,
} from './store.ts';

/** For so many rounds somebody who was one of three is spared from being so again. */
const sparedRounds = 3;

/** Plans one round: its timers. A date that was planned before only moves. */
export async function planRound(
  tools: Tools,
  writing: Writing,
  coalition: Coalition,
  programme: Pick<Programme, 'cadence' | 'previewHours'>,
  date: string,
): Promise<void> {
  const times = roundTimes(programme, date, coalition);
  const timer = { coalitionId: coalition.id, subject: programmeSubject, occurrence: date };
  await tools.timers.set(writing, { ...timer, kind: headsUpKind, dueAt: times.headsUpAt });
}

/** Tells everybody who is going to be introduced, opens the round, and plans the one after it. */
export const headsUpJob: TimedJob = {
  kind: headsUpKind,
  async run({ writing, coalition, occurrence: date, tools }) {
    const programme = await findProgramme(writing.tx, coalition.id);
    if (!programme) return;
    const times = roundTimes(programme, date, coalition);
    const round = await openRound(writing, coalition.id, date, times.sendAt);
    if (round.state !== 'announced') return;
    const timer = { coalitionId: coalition.id, subject: programmeSubject, occurrence: date };
    await tools.timers.set(writing, { ...timer, kind: drawKind, dueAt: times.drawAt });
    await tools.timers.set(writing, { ...timer, kind: sendKind, dueAt: times.sendAt });
    await planRound(tools, writing, coalition, programme, dateAfter(programme, date));

    await restSilent(tools, writing, coalition, programme, round);
    const state = await readState(writing, coalition, programme, round, []);
    for (const one of takingPart(state)) {
      await reach(tools, writing, coalition, one, {
        kind: 'neutral',
        subject: `heads-up:${date}`,
        why: say(coalition, 'why.heads-up'),
        card: headsUpCard(one, date, times.sendAt, coalition.timeZone),
        expires: times.sendAt,
      });
    }
  },
};

/** Whoever let three introductions pass in silence is rested, told how to come back, and seen by staff. */
async function restSilent(
  tools: Tools,
  writing: Writing,
  coalition: Coalition,
  programme: Programme,
  round: Round,
): Promise<void> {
  const before = silentBefore(programme, writing.now);
  for (const one of await listCandidates(writing.tx, coalition.id, round.date)) {
    if (absenceOf(one, programme, round.sendAt) !== null || !isSilent(one, before)) continue;
    await recordChoice(writing, coalition.id, one.memberId, { restedAt: writing.now });
    await reach(tools, writing, coalition, one, {
      kind: 'neutral',
      subject: `rested:${round.date}`,
      why: say(coalition, 'why.rested'),
      card: restedCard(one),
    });
  }
}

/** Draws the round and shows it to staff, who have until it goes out to change it. */
export const drawJob: TimedJob = {
  kind: drawKind,
  async run({ writing, coalition, occurrence: date, tools }) {
    const programme = await findProgramme(writing.tx, coalition.id);
    const found = await findRound(writing.tx, coalition.id, date);
    const round = found && (await lockRound(writing, coalition.id, found.id));
    if (!programme || round?.state !== 'announced') return;
    await drawAgain(writing, coalition, programme, round);
    const groups = await listGroups(writing.tx, coalition.id, { roundId: round.id, states: ['proposed'] });
    for (const staff of await listBackbone(writing.tx, coalition.id)) {
      await reach(
        tools,
        writing,
        coalition,
        { ...staff, memberId: staff.id },
        {
          kind: 'neutral',
          subject: `draw:${date}`,
          why: say(coalition, 'why.draw'),
          card: drawnCard(staff, groups.length, round.sendAt, coalition.timeZone),
          expires: round.sendAt,
        },
      );
    }
  },
};

/** Draws whatever is not locked again. Locked introductions in which somebody can no longer go are opened. */
export async function drawAgain(
  writing: Writing,
  coalition: Coalition,
  programme: Programme,
  round: Round,
): Promise<void> {
  const { tx } = writing;
  const proposed = await listGroups(tx, coalition.id, { roundId: round.id, states: ['proposed'] });
  const state = await readState(writing, coalition, programme, round, []);
  const present = new Set(
    state.candidates
      .filter((one) => absenceOf(one, programme, round.sendAt) === null)
      .map(({ memberId }) => memberId),
  );
  const locked = [];
  for (const group of proposed.filter((one) => one.locked)) {
    const whole = group.seats.length > 1 && group.seats.every((seat) => present.has(seat.memberId));
    if (whole) locked.push(group);
    else await recordLock(writing, coalition.id, group.id, false);
  }
  const draw = await clearProposal(writing, coalition.id, round);
  const proposal = propose({ ...state, locked, round: { ...state.round, draw } });
  for (const [index, { members, ruled }] of proposal.groups.entries()) {
    await openGroup(writing, coalition.id, {
      key: `round:${round.id}:${draw}:${index}`,
      origin: 'round',
      roundId: round.id,
      state: 'proposed',
      ruled,
      people: members.map((one) => ({ memberId: one.memberId, partnerId: one.partner.id })),
    });
  }
  const satOut = proposal.sittingOut.map((one) => one.partner.id);
  await recordProposed(writing, coalition.id, round.id, satOut);
}

export async function readState(
  { tx }: Pick<Writing, 'tx'>,
  coalition: Coalition,
  programme: Programme,
  round: Pick<Round, 'number' | 'draw' | 'sendAt' | 'date'>,
  locked: ProposalState['locked'],
): Promise<ProposalState> {
  const last = await findLastSent(tx, coalition.id);
  return {
    coalitionId: coalition.id,
    programme,
    candidates: await listCandidates(tx, coalition.id, round.date),
    history: await readHistory(tx, coalition.id),
    rules: await listRules(tx, coalition.id),
    locked,
    waited: last?.satOut ?? [],
    recentThirds: await listRecentThirds(tx, coalition.id, round.number - sparedRounds),
    round,
  };
}

/** The window has ended, or staff approved. Whoever cannot go any more is taken out first and others re-matched. */
export const sendJob: TimedJob = {
  kind: sendKind,
  async run({ writing, coalition, occurrence: date, tools }) {
    const { tx, now } = writing;
    const programme = await findProgramme(tx, coalition.id);
    const found = await findRound(tx, coalition.id, date);
    const round = found && (await lockRound(writing, coalition.id, found.id));
    if (!programme || !round || round.state === 'sent' || round.state === 'dropped') return;
    await settleProposal(writing, coalition, programme, { ...round, sendAt: now });
    if (!(await recordSending(writing, coalition.id, round.id))) return;
    for (const group of await listGroups(tx, coalition.id, { roundId: round.id, states: ['waiting'] })) {
      await setIntroduce(tools, writing, coalition, group.id);
    }
    const sent = await findRound(tx, coalition.id, date);
    const waiting = new Set(sent?.satOut);
    const candidates = await listCandidates(tx, coalition.id, date);
    for (const one of candidates.filter((each) => waiting.has(each.partner.id))) {
      if (absenceOf(one, programme, now) !== null) continue;
      await tell(tools, writing, coalition, one, {
        subject: `sat-out:${date}`,
        why: say(coalition, 'why.sat-out'),
        words: (to) => say(to, 'sat-out.told'),
      });
    }
  },
};

/** Keeps every introduction that still can take place, and draws the rest again where one cannot. */
async function settleProposal(
  writing: Writing,
  coalition: Coalition,
  programme: Programme,
  round: Round,
): Promise<void> {
  if (round.state === 'announced') return drawAgain(writing, coalition, programme, round);
  const groups = await listGroups(writing.tx, coalition.id, { roundId: round.id, states: ['proposed'] });
  const candidates = await listCandidates(writing.tx, coalition.id, round.date);
  const present = new Set(
    candidates
      .filter((one) => absenceOf(one, programme, round.sendAt) === null)
      .map(({ memberId }) => memberId),
  );
  const whole = groups.filter(
    ({ seats }) => seats.length > 1 && seats.every((seat) => present.has(seat.memberId)),
  );
  if (whole.length === groups.length) return;
  for (const group of whole) await recordLock(writing, coalition.id, group.id, true);
  await drawAgain(writing, coalition, programme, round);
}
