import type { Part } from '../../../core/card.ts';
import { paragraph } from '../../../core/card.ts';
import type { TimedJob } from '../../../core/command.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import type { Reader } from '../../../core/reader.ts';
import type { Coalition } from '../../../core/who.ts';
import { findMember, listBackbone } from '../../../identity/store.ts';
import { type Occurrence, occurrencesAfter } from '../../../time/recurrence.ts';
import { disarm, postCard } from '../answering/jobs.ts';
import { disarmReminders, tellTime } from '../confirmed/jobs.ts';
import { readerOf } from '../meeting/cards.ts';
import { changeMeeting, countGuests, findMeeting, type Meeting, type SeriesId } from '../meeting/store.ts';
import { findBook, listInvitable, sendDraft } from '../proposing/store.ts';
import { say } from '../words.ts';
import { riskCard } from './cards.ts';
import { findSeries, listPlanned, listSeries, planOccurrence, type Series } from './store.ts';

const planKind = 'meetings.plan';
const dayMs = 86_400_000;
/** How long before its time a date of a series becomes a meeting that people see. */
const aheadMs = 21 * dayMs;
const mostAtOnce = 30;

export const nextOf = (series: Series, coalition: Coalition, after: Date, most: number): Occurrence[] =>
  occurrencesAfter(series, after, most, coalition);

/** Makes meetings of the dates that are near, the next one at least, and sets the clock for those after. */
export async function planSeries(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  series: Series,
): Promise<void> {
  const { now } = writing;
  const { coalitionId, id: subject } = series;
  const next = nextOf(series, coalition, now, mostAtOnce);
  const until = now.getTime() + aheadMs;
  const near = next.filter(({ at }, index) => index === 0 || at.getTime() <= until);
  const [later] = next.slice(near.length);
  for (const occurrence of near) await planOne(writing, tools, coalition, series, occurrence);
  await tools.timers.cancel(writing, { coalitionId, kind: planKind, subject });
  const [first] = near;
  const dueAt = later ? new Date(later.at.getTime() - aheadMs) : (first?.at ?? null);
  // Where dates lie further apart than that, the next one is planned when this one is over.
  const planAt = dueAt && dueAt > now ? dueAt : (first?.at ?? null);
  if (planAt)
    await tools.timers.set(writing, {
      coalitionId,
      kind: planKind,
      subject,
      occurrence: planAt.toISOString(),
      dueAt: planAt,
    });
}

async function planOne(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  series: Series,
  occurrence: Occurrence,
): Promise<void> {
  const draft = await planOccurrence(writing, series, occurrence, await findBook(writing.tx, coalition.id));
  if (!draft) return;
  const guests = await listInvitable(writing.tx, coalition);
  const sent = await sendDraft(writing, draft, guests, 'confirmed');
  if (!sent) return;
  await postCard(writing, tools, coalition, sent);
  await tellTime(writing, tools, coalition, sent, 'planned');
}

const plan: TimedJob = {
  kind: planKind,
  async run({ writing, coalition, subject, tools }) {
    const series = await findSeries(writing.tx, coalition.id, subject as SeriesId);
    if (series?.startedAt && !series.stoppedAt) await planSeries(writing, tools, coalition, series);
  },
};

export async function cancelPlanned(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: Meeting,
  why: string,
): Promise<void> {
  await changeMeeting(writing, of, { state: 'cancelled', whyCancelled: why, raise: true });
  await disarm(writing, tools, of);
  await disarmReminders(writing, tools, of);
  const cancelled = await findMeeting(writing.tx, coalition.id, of.id);
  if (cancelled) await tellTime(writing, tools, coalition, cancelled, 'cancelled');
}

export async function stopPlanning(writing: Writing, tools: Tools, series: Series): Promise<void> {
  const { coalitionId, id: subject } = series;
  await tools.timers.cancel(writing, { coalitionId, kind: planKind, subject });
}

/** The coalition's holidays have changed: what is planned follows, unless somebody moved it by hand. */
export async function replanSeries(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  reader: Reader,
): Promise<Part[]> {
  let changed = 0;
  for (const series of await listSeries(writing.tx, coalition.id)) {
    const next = new Map(
      nextOf(series, coalition, writing.now, mostAtOnce).map((each) => [each.occurrence, each]),
    );
    for (const of of await listPlanned(writing.tx, series, writing.now)) {
      if (of.state !== 'confirmed' || of.sequence > 0 || !of.occurrence) continue;
      const expected = next.get(of.occurrence);
      if (expected?.date === of.date) continue;
      changed += 1;
      if (!expected) {
        await cancelPlanned(writing, tools, coalition, of, say.plain(coalition, 'series.holiday'));
        continue;
      }
      const endsAt = new Date(expected.at.getTime() + of.minutes * 60_000);
      await changeMeeting(writing, of, { date: expected.date, startsAt: expected.at, endsAt, raise: true });
      const moved = await findMeeting(writing.tx, coalition.id, of.id);
      if (moved) await tellTime(writing, tools, coalition, moved, 'moved', of.startsAt);
    }
    await planSeries(writing, tools, coalition, series);
  }
  return changed === 0 ? [] : [paragraph(say(reader, 'series.replanned', { count: changed }))];
}

/** So many cannot that there can be no quorum any more: whoever runs the meeting is asked, once for each time. */
export async function warnIfAtRisk(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: Meeting,
): Promise<void> {
  if (of.small || of.quorum === 0 || of.state !== 'confirmed' || !of.startsAt) return;
  const cannot = await countGuests(writing.tx, of, { rsvp: 'no' });
  if (of.guestCount - cannot >= of.quorum) return;
  const opener = await findMember(writing.tx, coalition.id, of.openedById);
  const [staff] = await listBackbone(writing.tx, coalition.id);
  const member = opener ?? staff;
  if (!member) return;
  await tools.outreach.reach(writing, {
    coalition,
    member: member.id,
    kind: 'ask',
    from: 'meetings',
    subject: `${of.id}:risk:${of.sequence}`,
    why: say(coalition, 'why.risk'),
    card: riskCard(of, { cannot, reader: member }),
    expires: of.startsAt,
  });
  const words = { number: of.number, title: of.title, cannot, quorum: of.quorum };
  const text = say(readerOf(coalition), 'task.risk', words);
  await tools.staffTasks.open(writing, {
    coalitionId: coalition.id,
    kind: 'meetings.risk',
    subject: of.id,
    text,
  });
}

export const seriesJobs = [plan];
