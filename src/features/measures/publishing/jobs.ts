import type { TimedJob } from '../../../core/command.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import type { Coalition } from '../../../core/who.ts';
import { addDays, atWallClock, type LocalDate } from '../../../time/wall-clock.ts';
import type { Measure } from '../definition/rules.ts';
import { findPeriod } from '../periods/store.ts';
import type { PeriodId } from '../requests/rules.ts';
import { publish, publishKind, saysMore } from './rules.ts';
import { listPublished, listStandings, recordPublication } from './store.ts';

/** The second look, for what came late or was put right. Each look can only add what is safe beside the first. */
const secondAfterDays = 30;

/** Plans when a period's totals are made public: the day after grace, and once more. */
export async function planPublishing(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: { measure: Measure; periodId: PeriodId; dueOn: LocalDate },
): Promise<void> {
  const first = addDays(of.dueOn, of.measure.graceDays + 1);
  const days = { first, second: addDays(first, secondAfterDays) };
  for (const [occurrence, day] of Object.entries(days)) {
    await tools.timers.set(writing, {
      coalitionId: coalition.id,
      kind: publishKind,
      subject: of.periodId,
      occurrence,
      dueAt: atWallClock(day, '12:00', coalition.timeZone),
    });
  }
}

const makePublic: TimedJob = {
  kind: publishKind,
  async run({ writing, coalition, subject }) {
    const periodId = subject as PeriodId;
    const found = await findPeriod(writing.tx, coalition.id, periodId);
    if (!found) return;
    const before = await listPublished(writing.tx, coalition.id, periodId);
    const standings = await listStandings(writing.tx, coalition.id, periodId);
    const bases = before.map(({ basis }) => basis);
    const { figures, basis } = publish(found.measure, standings, bases);
    const last = before.at(-1);
    if (standings.length === 0 || (last && !saysMore(figures, last.figures))) return;
    const number = (last?.number ?? 0) + 1;
    await recordPublication(writing, coalition.id, { periodId, number, figures, basis });
  },
};

export const publishingJobs = [makePublic];
