import type { CoalitionId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';
import type { Settings } from './rules.ts';

/** Null while the coalition has chosen nothing. */
export async function findSettings(reading: Reading, coalitionId: CoalitionId): Promise<Settings | null> {
  return reading.roleSettings.findUnique({ where: { coalitionId }, omit: { coalitionId: true } });
}

export async function recordSettings(
  { tx }: Writing,
  coalitionId: CoalitionId,
  settings: Settings,
): Promise<void> {
  const { acceptHours, offersAQuarter, offersAWeek, heavyMinutes } = settings;
  const data = { acceptHours, offersAQuarter, offersAWeek, heavyMinutes };
  await tx.roleSettings.upsert({ where: { coalitionId }, create: { coalitionId, ...data }, update: data });
}
