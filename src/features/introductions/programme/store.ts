import { z } from 'zod';
import type { CoalitionId, PlaceId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';
import { usualWeights, type Weights } from '../matching/fit/rules.ts';
import { type Audience, audiences, type Cadence, cadences, type Programme } from './rules.ts';

const weight = z.number().int().min(0).max(10);
const stored = z.object({
  cadence: z.enum(cadences),
  who: z.enum(audiences),
  weights: z.object({ needs: weight, sectors: weight, sizes: weight, languages: weight, hours: weight }),
});

/** The running programme; null when introductions were never started, or were stopped. */
export async function findProgramme(reading: Reading, coalitionId: CoalitionId): Promise<Programme | null> {
  const row = await reading.introProgramme.findUnique({ where: { coalitionId } });
  return row && row.stoppedAt === null ? { ...row, ...stored.parse(row) } : null;
}

/** Starts the programme, or changes the one that runs. Weights stay as they were; what was not sent is dropped. */
export async function openProgramme(
  writing: Writing,
  coalitionId: CoalitionId,
  of: {
    cadence: Cadence;
    groupSize: number;
    who: Audience;
    placeId: PlaceId | null;
    previewHours: number;
    firstOn: string;
  },
): Promise<void> {
  const { tx, now } = writing;
  const isRunning = (await findProgramme(tx, coalitionId)) !== null;
  await dropRounds(writing, coalitionId);
  await tx.introProgramme.upsert({
    where: { coalitionId },
    create: { coalitionId, ...of, weights: usualWeights, startedAt: now },
    update: { ...of, stoppedAt: null, ...(isRunning ? {} : { startedAt: now }) },
  });
}

export async function changeWeights(
  { tx }: Writing,
  coalitionId: CoalitionId,
  weights: Weights,
  newAgainAfter: number | null,
): Promise<void> {
  await tx.introProgramme.updateMany({ where: { coalitionId }, data: { weights, newAgainAfter } });
}

/** Ends the programme; rounds that have not gone out are dropped. */
export async function closeProgramme(writing: Writing, coalitionId: CoalitionId): Promise<boolean> {
  const closed = await writing.tx.introProgramme.updateMany({
    where: { coalitionId, stoppedAt: null },
    data: { stoppedAt: writing.now },
  });
  await dropRounds(writing, coalitionId);
  return closed.count > 0;
}

async function dropRounds({ tx }: Writing, coalitionId: CoalitionId): Promise<void> {
  await tx.introRound.updateMany({
    where: { coalitionId, state: { in: ['announced', 'proposed'] } },
    data: { state: 'dropped' },
  });
}

/** Dates from this one on that a round has had, sent or dropped: each date's timers happen once. */
export async function listTakenDates(
  reading: Reading,
  coalitionId: CoalitionId,
  from: string,
): Promise<Set<string>> {
  const rows = await reading.introRound.findMany({
    where: { coalitionId, date: { gte: from } },
    select: { date: true },
  });
  return new Set(rows.map(({ date }) => date));
}
