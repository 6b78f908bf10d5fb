import type { CoalitionId } from '../../../core/ids.ts';
import type { Reading } from '../../../database.ts';
import type { MeasureId } from '../definition/rules.ts';
import { listPublications } from '../publishing/store.ts';
import type { Band } from './cards.ts';

/** The middle half of what partners gave in each period that was made public, by its key. */
export async function mapBands(
  reading: Reading,
  coalitionId: CoalitionId,
  measureId: MeasureId,
): Promise<Map<string, Band>> {
  const found = await listPublications(reading, coalitionId, { measureId, take: 24 });
  return new Map(
    found.flatMap(({ key, figures }): [string, Band][] =>
      figures.band ? [[key, { key, ...figures.band }]] : [],
    ),
  );
}
