import type { CoalitionId, MemberId, PlaceId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';
import type { HolidayChoice, Occurrence, Recurrence } from '../../../time/recurrence.ts';
import type { LocalDate, LocalTime } from '../../../time/wall-clock.ts';
import { type Meeting, meetingOf, type SeriesId } from '../meeting/store.ts';

export type Series = Recurrence & {
  readonly id: SeriesId;
  readonly coalitionId: CoalitionId;
  /** 0 while it is only read back. */
  readonly number: number;
  readonly title: string;
  readonly minutes: number;
  readonly place: string;
  /** The rule as it was typed. */
  readonly said: string;
  readonly quorum: number;
  readonly placeId: PlaceId | null;
  readonly openedById: MemberId;
  readonly startedAt: Date | null;
  readonly stoppedAt: Date | null;
};

export async function openSeries(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  series: Pick<
    Series,
    | 'title'
    | 'minutes'
    | 'place'
    | 'timeZone'
    | 'rule'
    | 'said'
    | 'startsOn'
    | 'time'
    | 'onHolidays'
    | 'quorum'
  > & { placeId: PlaceId; openedById: MemberId },
): Promise<Series> {
  return seriesOf(await tx.meetingSeries.create({ data: { ...series, coalitionId, createdAt: now } }));
}

export async function findSeries(
  reading: Reading,
  coalitionId: CoalitionId,
  id: SeriesId,
): Promise<Series | null> {
  const row = await reading.meetingSeries.findFirst({ where: { id, coalitionId } });
  return row && seriesOf(row);
}

export async function findSeriesNumbered(
  reading: Reading,
  coalitionId: CoalitionId,
  number: number,
): Promise<Series | null> {
  const row = await reading.meetingSeries.findFirst({ where: { number, coalitionId } });
  return row && seriesOf(row);
}

/** Those that are running, in the order of their numbers. */
export async function listSeries(reading: Reading, coalitionId: CoalitionId): Promise<Series[]> {
  const rows = await reading.meetingSeries.findMany({
    where: { coalitionId, startedAt: { not: null }, stoppedAt: null },
    orderBy: { number: 'asc' },
    take: 25,
  });
  return rows.map(seriesOf);
}

/** Starts a series and gives it its number. Null when it has been started before. */
export async function startSeries(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  id: SeriesId,
): Promise<Series | null> {
  const { count } = await tx.meetingSeries.updateMany({
    where: { id, coalitionId, startedAt: null },
    data: { startedAt: now },
  });
  if (count === 0) return null;
  const book = await tx.meetingBook.upsert({
    where: { coalitionId },
    create: { coalitionId, lastSeries: 1 },
    update: { lastSeries: { increment: 1 } },
  });
  return seriesOf(await tx.meetingSeries.update({ where: { id }, data: { number: book.lastSeries } }));
}

export async function recordException(
  { tx }: Writing,
  { id, coalitionId, except }: Series,
  occurrence: LocalDate,
): Promise<void> {
  if (except.includes(occurrence)) return;
  await tx.meetingSeries.updateMany({ where: { id, coalitionId }, data: { except: { push: occurrence } } });
}

export async function stopSeries({ tx, now }: Writing, { id, coalitionId }: Series): Promise<boolean> {
  const { count } = await tx.meetingSeries.updateMany({
    where: { id, coalitionId, stoppedAt: null },
    data: { stoppedAt: now },
  });
  return count > 0;
}

/** Meetings of a series that are still to come. */
export async function listPlanned(reading: Reading, series: Series, now: Date): Promise<Meeting[]> {
  const rows = await reading.meeting.findMany({
    where: {
      coalitionId: series.coalitionId,
      seriesId: series.id,
      state: { in: ['confirmed', 'polling', 'choosing'] },
      startsAt: { gt: now },
    },
    orderBy: { startsAt: 'asc' },
  });
  return rows.map(meetingOf);
}

/** One date of a series as a meeting that is still to be sent. Null when it has been planned before. */
export async function planOccurrence(
  { tx, now }: Writing,
  series: Series,
  { occurrence, date, at }: Occurrence,
  of: { objectionDays: number; reminders: readonly number[] },
): Promise<Meeting | null> {
  const { title, minutes, place, timeZone, time, coalitionId, openedById, placeId, quorum } = series;
  const [row] = await tx.meeting.createManyAndReturn({
    data: {
      ...{ title, minutes, place, timeZone, time, coalitionId, openedById, placeId, quorum },
      ...{ objectionDays: of.objectionDays, reminders: [...of.reminders], date, startsAt: at, deadline: at },
      ...{ seriesId: series.id, occurrence, draftedAt: now, changedAt: now },
      endsAt: new Date(at.getTime() + minutes * 60_000),
    },
    skipDuplicates: true,
  });
  return row ? meetingOf(row) : null;
}

function seriesOf(row: NonNullable<Awaited<ReturnType<Reading['meetingSeries']['findFirst']>>>): Series {
  return {
    ...row,
    id: row.id as SeriesId,
    coalitionId: row.coalitionId as CoalitionId,
    number: row.number ?? 0,
    time: row.time as LocalTime,
    onHolidays: row.onHolidays as HolidayChoice,
    placeId: row.placeId as PlaceId | null,
    openedById: row.openedById as MemberId,
  };
}
