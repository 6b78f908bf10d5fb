import type { TimedJob } from '../../../core/command.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import type { Coalition } from '../../../core/who.ts';
import type { Database } from '../../../database.ts';
import { localDate } from '../../../time/wall-clock.ts';
import { nextWeekly } from '../../../time/weekly.ts';
import { planPersonal } from '../personal/jobs.ts';
import { planAsking, settleOpenTurn } from '../spotlight/jobs.ts';
import { moveOpenTurn } from '../spotlight/store.ts';
import { say } from '../words.ts';
import { nextOccurrence, type Occurrence, whatIsDue } from './rules.ts';
import { type Composed, compose } from './sections.ts';
import {
  closeIssue,
  findSchedule,
  type Issue,
  listDigestPlaces,
  listTakenWeeks,
  lockSchedule,
  moveIssue,
  openIssue,
  openSchedule,
  recordPassed,
  recordSchedule,
  type Schedule,
  type WhenSilent,
  weeklyOf,
} from './store.ts';

const issueKind = 'digests.issue';
const pausedMs = 30 * 60_000;

/** Wakes us when an issue is due. One timer per instant: one that has come and gone cannot hide a later one. */
async function setIssueTimer(
  writing: Writing,
  coalition: Coalition,
  dueAt: Date,
  tools: Tools,
): Promise<void> {
  const subject = coalition.id;
  const occurrence = dueAt.toISOString();
  await tools.timers.set(writing, { coalitionId: coalition.id, kind: issueKind, subject, occurrence, dueAt });
}

export async function cancelIssueTimers(writing: Writing, coalition: Coalition, tools: Tools): Promise<void> {
  const { id } = coalition;
  await tools.timers.cancel(writing, { coalitionId: id, kind: issueKind, subject: id });
}

/** The next occurrence that the schedule allows, counted from now or from the issue's own time. */
async function findNextOccurrence(
  writing: Writing,
  coalition: Coalition,
  schedule: Schedule,
  counting: 'this-issue' | 'without-it',
) {
  const { issue } = schedule;
  const after = counting === 'this-issue' && issue.dueAt > writing.now ? issue.dueAt : writing.now;
  const except = counting === 'without-it' ? issue.id : null;
  const today = localDate(writing.now, coalition.timeZone);
  const taken = await listTakenWeeks(writing.tx, coalition.id, today, except);
  return nextOccurrence(weeklyOf(schedule, coalition), after, taken);
}

/** Sets or moves the schedule. What is due already still goes out; what was sent is not sent again. */
export async function saveSchedule(
  writing: Writing,
  coalition: Coalition,
  settings: { weekday: number; time: string; whenSilent?: WhenSilent; answerDays?: number },
  tools: Tools,
): Promise<void> {
  // Timers before the lock, as a firing timer takes them: the other way round the two would block each other.
  await cancelIssueTimers(writing, coalition, tools);
  const before = await lockSchedule(writing, coalition.id);
  if (!before) {
    const weekly = { weekday: settings.weekday, time: settings.time, timeZone: coalition.timeZone };
    await openSchedule(writing, coalition.id, { ...settings, first: nextWeekly(weekly, writing.now) });
  } else {
    await recordSchedule(writing, coalition.id, settings);
  }
  const saved = await findSchedule(writing.tx, coalition.id);
  if (saved) await planIssue(writing, coalition, saved, before !== null && !before.stopped, tools);
}

/**
 * Plans the next issue by its schedule as it is now, under the lock and without timers. What is due already still
 * goes out; what was sent is not sent again.
 *
 * @param wasPlanned whether it was to go out before, so that one that is due is not put off
 */
async function planIssue(
  writing: Writing,
  coalition: Coalition,
  schedule: Schedule,
  wasPlanned: boolean,
  tools: Tools,
): Promise<Occurrence> {
  const { issue } = schedule;
  const isDue = wasPlanned && issue.dueAt <= writing.now;
  if (isDue && issue.state !== 'held') {
    await setIssueTimer(writing, coalition, issue.dueAt, tools);
    return { date: issue.occurrence, at: issue.dueAt };
  }
  const next = await findNextOccurrence(writing, coalition, schedule, isDue ? 'this-issue' : 'without-it');
  await setIssueTimer(writing, coalition, next.at, tools);
  if (isDue) return { date: issue.occurrence, at: issue.dueAt };
  await moveIssue(writing, coalition.id, issue.id, next);
  const moved = { ...issue, occurrence: next.date, dueAt: next.at };
  await planAsking(writing, coalition, { ...schedule, issue: moved }, tools);
  return next;
}

/** The coalition's clock has changed: the next issue keeps its time of day. Returns where it stands now. */
export async function replanIssue(
  writing: Writing,
  coalition: Coalition,
  tools: Tools,
): Promise<{ before: Issue; next: Occurrence } | null> {
  await cancelIssueTimers(writing, coalition, tools);
  const schedule = await lockSchedule(writing, coalition.id);
  if (!schedule || schedule.stopped) return null;
  return { before: schedule.issue, next: await planIssue(writing, coalition, schedule, true, tools) };
}

/** Sends the next issue, or records why there is nothing to send, and opens the one after it. Under the lock. */
export async function goOut(
  writing: Writing,
  coalition: Coalition,
  schedule: Schedule,
  tools: Tools,
): Promise<'sent' | 'empty' | 'nowhere'> {
  const { issue } = schedule;
  // Sections read in this transaction: one connection is enough, and what is written here is seen.
  const reading = { ...tools, database: writing.tx as Database };
  const composed = await compose(coalition, schedule, writing.now, reading);
  const state = composed.card ? await post(writing, coalition, schedule, composed, tools) : 'empty';
  if (state === 'sent') {
    await tell(writing, coalition, issue.occurrence, composed);
    await planPersonal(writing, tools, coalition, { occurrence: issue.occurrence, after: '' });
  }
  await closeIssue(writing, coalition.id, issue.id, {
    state,
    late: composed.late,
    contents: composed.record,
  });
  await settleOpenTurn(writing, coalition, schedule);
  const next = await findNextOccurrence(writing, coalition, schedule, 'this-issue');
  const opened = await openIssue(writing, coalition.id, next);
  await moveOpenTurn(writing, coalition.id, opened.id);
  await setIssueTimer(writing, coalition, next.at, tools);
  await planAsking(writing, coalition, { ...schedule, issue: opened }, tools);
  return state;
}

async function post(
  writing: Writing,
  coalition: Coalition,
  { issue }: Schedule,
  { card }: Composed,
  tools: Tools,
): Promise<'sent' | 'nowhere'> {
  const coalitionId = coalition.id;
  let sent = 0;
  for (const place of await listDigestPlaces(writing.tx, coalitionId)) {
    const key = `digest:${issue.occurrence}:${place.id}`;
    if (!card) continue;
    const { posted } = await tools.delivery.post(writing, {
      coalitionId,
      to: { place: place.id },
      why: say(coalition, 'why.issue'),
      key,
      card,
    });
    if (posted) sent += 1;
  }
  const task = { coalitionId, kind: 'digest-nowhere', subject: coalitionId };
  if (sent > 0) {
    await tools.staffTasks.close(writing, task);
    return 'sent';
  }
  await tools.staffTasks.open(writing, { ...task, text: say(coalition, 'task.nowhere') });
  return 'nowhere';
}

/** Tells every section which of its items went out. */
async function tell(
  writing: Writing,
  coalition: Coalition,
  occurrence: string,
  { fitted, contents }: Composed,
): Promise<void> {
  for (const { name, tells } of contents.sections) {
    const shown = fitted.find((each) => each.name === name)?.shown ?? [];
    const keys = shown.flatMap(({ key, covers = [] }) => [key, ...covers]);
    if (keys.length === 0) continue;
    for (const section of tells) {
      await section.told?.({ writing, coalitionId: coalition.id, occurrence, keys });
    }
  }
}

const issueDue: TimedJob = {
  kind: issueKind,
  async run({ writing, coalition, tools }) {
    const schedule = await lockSchedule(writing, coalition.id);
    if (!schedule || schedule.stopped || schedule.issue.dueAt > writing.now) return;
    const { issue } = schedule;
    const { pausedAt } = await tools.outreach.settings(writing.tx, coalition.id);
    if (pausedAt) {
      // Looked at again until staff go on; then it goes out late and says so.
      await setIssueTimer(writing, coalition, new Date(writing.now.getTime() + pausedMs), tools);
      return;
    }
    const due = whatIsDue(
      weeklyOf(schedule, coalition),
      { date: issue.occurrence, at: issue.dueAt },
      writing.now,
    );
    if (due.due === 'later') {
      await moveIssue(writing, coalition.id, issue.id, due.occurrence, 'planned');
      for (const [index, missed] of due.missed.entries()) {
        const state = index === 0 && issue.state === 'held' ? 'held' : 'missed';
        await recordPassed(writing, coalition.id, missed, state);
      }
    } else if (issue.state === 'held') {
      // Staff may still let it go; if they do not, the next one tells everything.
      const next = await findNextOccurrence(writing, coalition, schedule, 'this-issue');
      await setIssueTimer(writing, coalition, next.at, tools);
      return;
    }
    const current = await findSchedule(writing.tx, coalition.id);
    if (current) await goOut(writing, coalition, current, tools);
  },
};

export const issueJobs: readonly TimedJob[] = [issueDue];
