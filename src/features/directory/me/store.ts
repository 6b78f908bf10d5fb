import type { CoalitionId, MemberId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';
import type { QuietHours } from '../coalition/rules.ts';

export type OwnSettings = {
  readonly timeZone: string;
  readonly language: string;
  readonly languages: readonly string[];
  /** Null: the coalition's. */
  readonly quietHours: QuietHours | null;
  readonly awayUntil: Date | null;
};

export async function findOwnSettings(
  reading: Reading,
  coalitionId: CoalitionId,
  id: MemberId,
): Promise<OwnSettings | null> {
  const row = await reading.member.findFirst({ where: { id, coalitionId } });
  if (!row) return null;
  const { timeZone, language, languages, quietHoursStart: start, quietHoursEnd: end, awayUntil } = row;
  return { timeZone, language, languages, quietHours: start && end ? { start, end } : null, awayUntil };
}

export async function recordOwnSettings(
  { tx }: Writing,
  coalitionId: CoalitionId,
  id: MemberId,
  of: OwnSettings,
): Promise<void> {
  const { timeZone, language, languages, quietHours, awayUntil } = of;
  await tx.member.updateMany({
    where: { id, coalitionId, leftAt: null },
    data: {
      ...{ timeZone, language, languages: [...languages], awayUntil },
      quietHoursStart: quietHours?.start ?? null,
      quietHoursEnd: quietHours?.end ?? null,
    },
  });
}
