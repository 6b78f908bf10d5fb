import type { PartnerId } from '../../../core/ids.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import type { Coalition } from '../../../core/who.ts';
import { atSameClock } from '../../../time/wall-clock.ts';
import { openKind } from '../periods/rules.ts';
import { publishKind } from '../publishing/rules.ts';
import { setReminding } from '../reminding/jobs.ts';
import { listRemindedMembers, mapPeople } from '../reminding/store.ts';
import { renewCards } from '../reminding/telling/jobs.ts';
import { inZone } from './rules.ts';
import { listTimers, lockPlanned, recordPlanned } from './store.ts';

/**
 * Open requests are due by the clocks of whoever is asked: after those have changed, at the same time of day by the
 * new ones. So are the reminders that are still to come. Returns how many requests moved.
 */
export async function replanRequests(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  partners?: readonly PartnerId[],
): Promise<number> {
  const planned = await lockPlanned(writing, coalition.id, partners);
  const people = await mapPeople(writing.tx, coalition.id, [
    ...new Set(planned.map(({ partnerId }) => partnerId)),
  ]);
  const moved = planned.flatMap((request) => {
    const [asked] = people.of(request.measureId, request.partnerId);
    const zone = asked?.timeZone ?? coalition.timeZone;
    return zone === request.timeZone ? [] : [inZone(request, zone)];
  });
  if (moved.length === 0) return 0;
  await recordPlanned(writing, coalition.id, moved);
  await setReminding(writing, tools, coalition);
  const requests = moved.map(({ id }) => id);
  await renewCards(
    writing,
    tools,
    coalition,
    await listRemindedMembers(writing.tx, coalition.id, { requests }),
  );
  return moved.length;
}

/** Periods open, and totals become public, at the same time of day by the coalition's new clocks. */
export async function replanTimers(
  writing: Writing,
  tools: Tools,
  { before, coalition }: { before: Coalition; coalition: Coalition },
): Promise<void> {
  const { id: coalitionId, timeZone } = coalition;
  for (const timer of await listTimers(writing, coalitionId, [openKind, publishKind])) {
    const dueAt = atSameClock(timer.dueAt, before.timeZone, timeZone);
    await tools.timers.set(writing, { ...timer, coalitionId, dueAt });
  }
}
