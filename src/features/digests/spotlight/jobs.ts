import type { TimedJob } from '../../../core/command.ts';
import { type MemberId, newId, type PartnerId } from '../../../core/ids.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import type { Coalition, Member } from '../../../core/who.ts';
import { findMember, listVoices } from '../../../identity/store.ts';
import { addDays, atWallClock } from '../../../time/wall-clock.ts';
import { findSchedule, type IssueId, lockSchedule, type Schedule } from '../issue/store.ts';
import { say } from '../words.ts';
import { listCandidates } from './candidates/store.ts';
import { turnCard } from './cards.ts';
import { hasSomething, type OpenState, spotlightOrder, whatToShow } from './rules.ts';
import {
  closeTurn,
  findOpenTurn,
  findTurn,
  listAway,
  listPastTurns,
  listPutOffBy,
  openTurn,
  recordAsked,
  recordOwnCard,
  type Turn,
  type TurnId,
} from './store.ts';

const askKind = 'digests.spotlight-ask';
const deadlineKind = 'digests.spotlight-deadline';

/** How many days before a digest its partner is asked: as soon as the last one is out, so that another can be. */
const askDaysBefore = 7;
/** Nobody is given less than this to answer, as long as the digest itself leaves it. */
const leastHours = 24;

/** Sees to it that somebody is asked for the next issue, now or when the time has come. */
export async function planAsking(
  writing: Writing,
  coalition: Coalition,
  schedule: Schedule,
  tools: Tools,
): Promise<void> {
  const { issue, time } = schedule;
  const tried = await listPutOffBy(writing.tx, coalition.id, issue.id);
  const opens = atWallClock(addDays(issue.occurrence, -askDaysBefore), time, coalition.timeZone);
  await tools.timers.set(writing, {
    coalitionId: coalition.id,
    kind: askKind,
    subject: issue.id,
    occurrence: String(tried.size),
    dueAt: new Date(Math.max(opens.getTime(), writing.now.getTime())),
  });
}

/**
 * Somebody can be asked who could not be before: gives them the turn that nobody has, while they would still have
 * time to answer. Takes no lock, because it runs in whatever transaction changed them; the job finds out.
 */
export async function askLater(writing: Writing, coalition: Coalition, tools: Tools): Promise<void> {
  const schedule = await findSchedule(writing.tx, coalition.id);
  if (!schedule || schedule.stopped) return;
  const { issue, time } = schedule;
  const opens = atWallClock(addDays(issue.occurrence, -askDaysBefore), time, coalition.timeZone);
  // Until it opens, its own timer is still to come.
  if (opens > writing.now || deadlineOf(schedule, coalition, writing.now) >= issue.dueAt) return;
  await tools.timers.set(writing, {
    coalitionId: coalition.id,
    kind: askKind,
    subject: issue.id,
    // Its own each time: one that has happened stays done.
    occurrence: newId(),
    dueAt: writing.now,
  });
}

/** Gives the turn to the next partner, and asks its voice where there is one. */
async function askNext(
  writing: Writing,
  coalition: Coalition,
  schedule: Schedule,
  tools: Tools,
): Promise<void> {
  const { tx, now } = writing;
  const { issue, whenSilent } = schedule;
  const { candidates } = await listCandidates(tx, coalition.id, whenSilent, now);
  const past = await listPastTurns(tx, coalition.id);
  const putOff = await listPutOffBy(tx, coalition.id, issue.id);
  const [pick] = spotlightOrder(candidates, past, putOff);
  if (!pick) return;
  const { partnerId, sector } = pick.candidate;
  const answerBy = deadlineOf(schedule, coalition, now);
  const voice = await findVoice(writing, coalition, partnerId, answerBy);
  const state: OpenState = voice ? 'asked' : 'own-card';
  const turnId = await openTurn(writing, coalition.id, {
    partnerId,
    sector,
    round: pick.round,
    issueId: issue.id,
    state,
    askedId: voice?.id ?? null,
    answerBy,
  });
  if (!voice) return;
  const turn = await findTurn(tx, coalition.id, turnId);
  if (turn) await reach(writing, coalition, schedule, turn, voice, tools);
  await tools.timers.set(writing, {
    coalitionId: coalition.id,
    kind: deadlineKind,
    subject: turnId,
    occurrence: answerBy.toISOString(),
    dueAt: answerBy,
  });
}

async function reach(
  writing: Writing,
  coalition: Coalition,
  schedule: Schedule,
  turn: Turn,
  voice: Member,
  tools: Tools,
): Promise<void> {
  await tools.outreach.reach(writing, {
    coalition,
    member: voice.id,
    kind: 'ask',
    from: 'digests',
    subject: `spotlight:${turn.id}`,
    why: say(coalition, 'why.spotlight'),
    card: turnCard(turn, schedule, coalition, voice),
    expires: turn.answerBy,
  });
}

/** Whoever speaks for the partner and can answer in time; else whoever speaks for it at all. */
async function findVoice(
  { tx }: Writing,
  coalition: Coalition,
  partnerId: PartnerId,
  answerBy: Date,
  except?: MemberId,
): Promise<Member | null> {
  const voices = (await listVoices(tx, coalition.id, partnerId)).filter(({ id }) => id !== except);
  const away = await listAway(
    tx,
    coalition.id,
    voices.map(({ id }) => id),
  );
  const here = voices.find(({ id }) => (away.get(id)?.getTime() ?? 0) < answerBy.getTime());
  return here ?? voices[0] ?? null;
}

/** As many days before the digest as the coalition chose; when that is too soon, until it goes out. */
function deadlineOf({ issue, time, answerDays }: Schedule, coalition: Coalition, now: Date): Date {
  const chosen = atWallClock(addDays(issue.occurrence, -answerDays), time, coalition.timeZone);
  const soonest = new Date(now.getTime() + leastHours * 3_600_000);
  return chosen >= soonest ? chosen : issue.dueAt;
}

/** When whoever was asked leaves, another voice of the partner is asked the same. */
export async function askAnotherVoice(
  writing: Writing,
  coalition: Coalition,
  leaving: MemberId,
  tools: Tools,
): Promise<Member | null> {
  const schedule = await lockSchedule(writing, coalition.id);
  const turn = await findOpenTurn(writing.tx, coalition.id);
  if (!schedule || turn?.askedId !== leaving) return null;
  const voice = await findVoice(writing, coalition, turn.partnerId, turn.answerBy, leaving);
  await recordAsked(writing, coalition.id, turn.id, voice?.id ?? null);
  if (voice && turn.state === 'asked') await reach(writing, coalition, schedule, turn, voice, tools);
  return voice;
}

/** The open turn of an organisation is asked of whoever takes over from the one who was asked. */
export async function passTurn(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: { partnerId: PartnerId; from: MemberId; to: MemberId },
): Promise<void> {
  const schedule = await lockSchedule(writing, coalition.id);
  const turn = await findOpenTurn(writing.tx, coalition.id);
  if (!schedule || turn?.partnerId !== of.partnerId || turn.askedId !== of.from) return;
  const voice = await findMember(writing.tx, coalition.id, of.to);
  if (!voice) return;
  const before = { coalitionId: coalition.id, from: 'digests', subjectPrefix: `spotlight:${turn.id}` };
  await tools.outreach.takeBack(writing, { ...before, members: [of.from] });
  await recordAsked(writing, coalition.id, turn.id, voice.id);
  if (turn.state === 'asked') await reach(writing, coalition, schedule, turn, voice, tools);
}

/** What becomes of the open turn when an issue has gone out without it. */
export async function settleOpenTurn(
  writing: Writing,
  coalition: Coalition,
  schedule: Schedule,
): Promise<void> {
  const turn = await findOpenTurn(writing.tx, coalition.id);
  if (!turn) return;
  const shown = whatToShow({ ...turn, state: turn.state as OpenState }, schedule.whenSilent, writing.now);
  if (shown.show || shown.why === 'waiting') return;
  const state = shown.why === 'gone' ? 'withdrawn' : 'passed';
  await closeTurn(writing, coalition.id, turn.id, state);
}

const ask: TimedJob = {
  kind: askKind,
  async run({ writing, coalition, subject, tools }) {
    const schedule = await lockSchedule(writing, coalition.id);
    if (!schedule || schedule.stopped || schedule.issue.id !== (subject as IssueId)) return;
    // Once its time has come, an issue goes out as it is; whoever is next is asked for the one after.
    if (schedule.issue.dueAt <= writing.now) return;
    if (await findOpenTurn(writing.tx, coalition.id)) return;
    await askNext(writing, coalition, schedule, tools);
  },
};

const deadline: TimedJob = {
  kind: deadlineKind,
  async run({ writing, coalition, subject, tools }) {
    const schedule = await lockSchedule(writing, coalition.id);
    const turn = await findTurn(writing.tx, coalition.id, subject as TurnId);
    if (!schedule || turn?.state !== 'asked') return;
    if (schedule.whenSilent === 'card' && hasSomething(turn.ownCard)) {
      await recordOwnCard(writing, coalition.id, turn.id);
      return;
    }
    await closeTurn(writing, coalition.id, turn.id, 'passed');
    await planAsking(writing, coalition, schedule, tools);
  },
};

export const spotlightJobs: readonly TimedJob[] = [ask, deadline];
