import type { Asked } from '../core/asked.ts';
import type { Card, Part } from '../core/card.ts';
import type { CoalitionId, MemberId } from '../core/ids.ts';
import type { Drawn, Tools } from '../core/ports.ts';
import type { Reader } from '../core/reader.ts';
import type { Text } from '../core/text.ts';
import type { Coalition } from '../core/who.ts';
import { readRows } from '../database.ts';
import { findMember, getCoalition } from '../identity/store.ts';

/** Gathers what an adapter needs to draw a card in a lane: for whom, and who is who on that platform. */
export async function drawFor(
  tools: Tools,
  lane: { coalitionId: string; workspaceId: string; reader: Reader },
  card: Card,
  memberId: MemberId | null,
): Promise<Drawn> {
  const member = memberId && (await findMember(tools.database, lane.coalitionId as CoalitionId, memberId));
  const { language, timeZone } = member || lane.reader;
  const reader = { language, timeZone };
  return { card, reader, accounts: await accountsIn(tools, lane.workspaceId, card) };
}

/** The same for an answer to somebody: `asked` is null when nobody could find out who they are. */
export async function drawAnswer(tools: Tools, asked: Asked | null, card: Card): Promise<Drawn> {
  const reader = asked?.reader ?? { language: 'en', timeZone: 'UTC' };
  const accounts = asked?.workspace ? await accountsIn(tools, asked.workspace.id, card) : new Map();
  return { card, reader, accounts };
}

async function accountsIn({ database }: Tools, workspaceId: string, card: Card) {
  const mentioned = [...membersIn(card)];
  const accounts = new Map<MemberId, string>();
  if (mentioned.length === 0) return accounts;
  const rows = await readRows<{ memberId: string; ref: string }>(
    database,
    `select "memberId", "ref" from "Account" where "workspaceId" = $1::uuid and "memberId" = any($2::uuid[])`,
    [workspaceId, mentioned],
  );
  for (const row of rows) accounts.set(row.memberId as MemberId, row.ref);
  return accounts;
}

/** A direct message is drawn for its member, everything else for the coalition. */
drawFor.scope = async (
  { database }: Tools,
  coalitionId: CoalitionId,
  memberId: MemberId | null,
): Promise<{ coalition: Coalition; reader: Reader }> => {
  const coalition = await getCoalition(database, coalitionId);
  const member = memberId && (await findMember(database, coalitionId, memberId));
  const { language, timeZone } = member || coalition;
  return { coalition, reader: { language, timeZone } };
};

/** Every member mentioned anywhere in a card. */
export function membersIn(card: Card): Set<MemberId> {
  const found = new Set<MemberId>();
  for (const part of card.parts) for (const text of textsIn(part)) collect(text, found);
  return found;
}

function textsIn(part: Part): readonly Text[] {
  switch (part.part) {
    case 'text':
    case 'note':
      return [part.text];
    case 'fields':
      return part.fields.map((field) => field.value);
    case 'list':
      return part.items;
    default:
      return [];
  }
}

function collect(text: Text, found: Set<MemberId>) {
  for (const inline of text) {
    if (typeof inline === 'string') continue;
    if ('member' in inline) found.add(inline.member);
    if ('bold' in inline) collect(inline.bold, found);
    if ('italic' in inline) collect(inline.italic, found);
  }
}
