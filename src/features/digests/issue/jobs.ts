import type { TimedJob } from '../../../core/command.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import type { Coalition } from '../../../core/who.ts';
import type { Database } from '../../../database.ts';
import { localDate } from '../../../time/wall-clock.ts';
import { planAsking, settleOpenTurn } from '../spotlight/jobs.ts';
import { moveOpenTurn } from '../spotlight/store.ts';
import { say } from '../words.ts';
import { nextOccurrence, whatIsDue } from './rules.ts';
import { type Composed, compose } from './sections.ts';
import {
  closeIssue,
  findSchedule,
  listDigestPlaces,
  listTakenWeeks,
  lockSchedule,
  moveIssue,
  openIssue,
  recordPassed,
  type Schedule,
  weeklyOf,
} from './store.ts';

const issueKind = 'digests.issue';

/** Wakes us when an issue is due. One timer per instant: one that has come and gone cannot hide a later one. */
export async function setIssueTimer(
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
export async function findNextOccurrence(
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
  if (state === 'sent') await tell(writing, coalition, issue.occurrence, composed);
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
    const keys = fitted.find((each) => each.name === name)?.shown.map(({ key }) => key) ?? [];
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
