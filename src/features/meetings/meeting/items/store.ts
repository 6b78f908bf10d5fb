import type { CoalitionId, Id, MemberId, PartnerId } from '../../../../core/ids.ts';
import type { Writing } from '../../../../core/ports.ts';
import type { Reading } from '../../../../database.ts';
import type { LocalDate } from '../../../../time/wall-clock.ts';
import type { Meeting, MeetingId } from '../store.ts';

type ItemId = Id<'meeting-item'>;
const itemKinds = ['agenda', 'note', 'decision', 'action', 'objection'] as const;
type ItemKind = (typeof itemKinds)[number];

/** What belongs to a meeting in words. */
export type Item = {
  readonly id: ItemId;
  readonly meetingId: MeetingId;
  readonly kind: ItemKind;
  readonly text: string;
  readonly partnerId: PartnerId | null;
  readonly byId: MemberId | null;
  readonly dueOn: LocalDate | null;
  /** The number of the decision into which it was put. */
  readonly decision: number | null;
};

export const longestItem = 300;
/** As many of one kind as one meeting takes; ours. */
const mostItems = 50;

/** Null when there are as many of its kind as a meeting takes. */
export async function recordItem(
  { tx, now }: Writing,
  of: Pick<Meeting, 'id' | 'coalitionId'>,
  item: Pick<Item, 'kind' | 'text' | 'partnerId' | 'byId' | 'dueOn'>,
): Promise<Item | null> {
  const where = { meetingId: of.id, coalitionId: of.coalitionId, kind: item.kind };
  if ((await tx.meetingItem.count({ where })) >= mostItems) return null;
  const same = await tx.meetingItem.findFirst({ where: { ...where, text: item.text, byId: item.byId } });
  if (same) return itemOf(same);
  const row = await tx.meetingItem.create({
    data: { ...item, meetingId: of.id, coalitionId: of.coalitionId, at: now },
  });
  return itemOf(row);
}

/** In the order in which they were written down. */
export async function listItems(
  reading: Reading,
  of: Pick<Meeting, 'id' | 'coalitionId'>,
  kinds: readonly ItemKind[],
  most = mostItems,
): Promise<Item[]> {
  const rows = await reading.meetingItem.findMany({
    where: { meetingId: of.id, coalitionId: of.coalitionId, kind: { in: [...kinds] } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    take: most,
  });
  return rows.map(itemOf);
}

export async function recordPutToDecision(
  { tx }: Writing,
  coalitionId: CoalitionId,
  id: ItemId,
  decision: number,
): Promise<void> {
  await tx.meetingItem.updateMany({ where: { id, coalitionId }, data: { decision } });
}

function itemOf(row: NonNullable<Awaited<ReturnType<Reading['meetingItem']['findFirst']>>>): Item {
  return {
    id: row.id as ItemId,
    meetingId: row.meetingId as MeetingId,
    kind: row.kind as ItemKind,
    text: row.text,
    partnerId: row.partnerId as PartnerId | null,
    byId: row.byId as MemberId | null,
    dueOn: row.dueOn,
    decision: row.decision,
  };
}
