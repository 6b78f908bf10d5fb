import type { TimedJob } from '../../../core/command.ts';
import type { PartnerId } from '../../../core/ids.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import type { Coalition } from '../../../core/who.ts';
import { type Period, periodOn } from '../../../time/periods.ts';
import { addDays, type LocalDate, localDate } from '../../../time/wall-clock.ts';
import type { Measure, MeasureId } from '../definition/rules.ts';
import { findLastOpened, findMeasure } from '../definition/store.ts';
import { planPublishing } from '../publishing/jobs.ts';
import { setReminding } from '../reminding/jobs.ts';
import { datesBy, datesOf, nextStepAt, type PeriodId } from '../requests/rules.ts';
import { askKind, onceKey, openingAt, openKind, periodToOpen } from './rules.ts';
import { findPeriod, getPeriodId, listReporting, openPeriod, openRequests, type Reporter } from './store.ts';

/** How many partners' requests are written in one transaction. */
const batch = 100;

/** Plans the opening of a measure's next period; what was planned before for it is taken back. */
export async function planOpening(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  measure: Measure,
  atLeastAfter: LocalDate | null = null,
): Promise<Period | null> {
  const opened = await findLastOpened(writing.tx, coalition.id, measure.id);
  const last = opened === null || (atLeastAfter !== null && opened < atLeastAfter) ? atLeastAfter : opened;
  const today = localDate(writing.now, coalition.timeZone);
  const period = periodToOpen(measure.calendar, last, today);
  const timer = { coalitionId: coalition.id, kind: openKind, subject: measure.id };
  await tools.timers.cancel(writing, timer);
  if (period) {
    const dueAt = openingAt(period, coalition.timeZone);
    await tools.timers.set(writing, { ...timer, occurrence: period.endsOn, dueAt });
  }
  return period;
}

const open: TimedJob = {
  kind: openKind,
  async run({ writing, coalition, subject, occurrence, tools }) {
    const measure = await findMeasure(writing.tx, coalition.id, subject as MeasureId);
    if (measure?.state !== 'asking') return;
    const period = periodOn(measure.calendar, occurrence);
    // Planned by a calendar that has changed since: the new plan opens what is to be opened.
    if (period?.endsOn !== occurrence) return;
    const opened = await openPeriod(writing, coalition.id, measure.id, period);
    if (opened) {
      const dueOn = addDays(period.endsOn, measure.dueDays);
      await planPublishing(writing, tools, coalition, { measure, periodId: opened, dueOn });
      await askBatch(writing, tools, coalition, opened, 'first');
    }
    // A term that was given the name of an earlier one is not opened again, and must not be planned again either.
    await planOpening(writing, tools, coalition, measure, period.endsOn);
  },
};

async function askBatch(
  writing: Writing,
  tools: Tools,
  { id: coalitionId }: Coalition,
  subject: PeriodId,
  occurrence: string,
): Promise<void> {
  await tools.timers.set(writing, { coalitionId, kind: askKind, subject, occurrence, dueAt: writing.now });
}

/** Writes the requests of one batch of partners and plans the next, so that 300 partners take no long transaction. */
const ask: TimedJob = {
  kind: askKind,
  async run({ writing, coalition, subject, occurrence, tools }) {
    const found = await findPeriod(writing.tx, coalition.id, subject as PeriodId);
    if (found?.measure.state !== 'asking') return;
    const { period, measure } = found;
    const after = occurrence === 'first' ? null : occurrence;
    const partners = await listReporting(writing.tx, coalition.id, measure, { after, take: batch });
    const rhythm = { ...measure, frequency: measure.calendar.frequency };
    const requests = partners.map(({ partnerId, timeZone }) => {
      const dates = datesOf(rhythm, period.endsOn, timeZone ?? coalition.timeZone);
      return { partnerId, ...dates, nextAt: nextStepAt(dates, null) };
    });
    await openRequests(writing, coalition.id, { measureId: measure.id, periodId: period.id }, requests);
    await setReminding(writing, tools, coalition);
    const last = partners.at(-1);
    if (last && partners.length === batch) {
      await askBatch(writing, tools, coalition, period.id, last.partnerId);
    }
  },
};

/** One figure asked once, of some partners or of all that report the measure, due on a day. */
export async function askOnce(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: { measure: Measure; dueOn: string; partners: readonly PartnerId[] | null },
): Promise<number> {
  const { measure, dueOn } = of;
  const today = localDate(writing.now, coalition.timeZone);
  const period = { key: onceKey(dueOn), startsOn: today, endsOn: today };
  await openPeriod(writing, coalition.id, measure.id, period);
  const periodId = await getPeriodId(writing.tx, coalition.id, measure.id, period.key);
  const rhythm = { ...measure, frequency: measure.calendar.frequency };
  await planPublishing(writing, tools, coalition, { measure, periodId, dueOn });
  let asked = 0;
  for (let after: string | null = null; ; ) {
    const page = { after, take: batch, ...(of.partners ? { only: of.partners } : {}) };
    const partners: Reporter[] = await listReporting(writing.tx, coalition.id, measure, page);
    const requests = partners.map(({ partnerId, timeZone }) => {
      const dates = datesBy(rhythm, dueOn, today, timeZone ?? coalition.timeZone);
      return { partnerId, ...dates, nextAt: nextStepAt(dates, null) };
    });
    await openRequests(writing, coalition.id, { measureId: measure.id, periodId }, requests);
    asked += partners.length;
    after = partners.at(-1)?.partnerId ?? null;
    if (partners.length < batch) break;
  }
  await setReminding(writing, tools, coalition);
  return asked;
}

export const periodJobs = [open, ask];
