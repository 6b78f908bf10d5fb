import type { CoalitionId, Id, MemberId, PartnerId } from '../../../core/ids.ts';
import { shortened } from '../../../core/plain-text.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';
import type { IssueId } from '../issue/store.ts';
import type { OpenState, PastTurn, Portrait } from './rules.ts';

export type TurnId = Id<'spotlight-turn'>;
type TurnState = OpenState | PastTurn['state'];

export type Turn = {
  readonly id: TurnId;
  readonly partnerId: PartnerId;
  readonly partnerName: string;
  readonly sector: string;
  readonly round: number;
  readonly issueId: IssueId;
  readonly state: TurnState;
  readonly askedId: MemberId | null;
  readonly answerBy: Date;
  readonly shownAt: Date | null;
  readonly words: Portrait;
  /** The partner's card as it is now. */
  readonly ownCard: Portrait;
  /** Whether the partner is still here and consents. */
  readonly mayBeShown: boolean;
};

/** Where a turn may go from here by its partner's answer. */
type Closing = 'postponed' | 'declined' | 'passed' | 'withdrawn';

/** Every closed turn, oldest first: one a week, so that a year is fifty rows. */
export async function listPastTurns(reading: Reading, coalitionId: CoalitionId): Promise<PastTurn[]> {
  const rows = await reading.spotlightTurn.findMany({
    where: { coalitionId, openKey: null },
    orderBy: { id: 'asc' },
    select: { partnerId: true, sector: true, round: true, state: true },
  });
  return rows as PastTurn[];
}

/** The partners that had their chance at an issue and did not take it. */
export async function listPutOffBy(
  reading: Reading,
  coalitionId: CoalitionId,
  issueId: IssueId,
): Promise<Set<PartnerId>> {
  const rows = await reading.spotlightTurn.findMany({ where: { coalitionId, issueId, openKey: null } });
  return new Set(rows.map(({ partnerId }) => partnerId as PartnerId));
}

export async function findOpenTurn(reading: Reading, coalitionId: CoalitionId): Promise<Turn | null> {
  const row = await reading.spotlightTurn.findUnique({ where: { openKey: coalitionId } });
  return row && withPartner(reading, coalitionId, row);
}

export async function findTurn(
  reading: Reading,
  coalitionId: CoalitionId,
  turnId: TurnId,
): Promise<Turn | null> {
  const row = await reading.spotlightTurn.findFirst({ where: { id: turnId, coalitionId } });
  return row && withPartner(reading, coalitionId, row);
}

/** The latest turn of a partner, open or over. */
export async function findLatestTurn(
  reading: Reading,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
): Promise<Turn | null> {
  const row = await reading.spotlightTurn.findFirst({
    where: { coalitionId, partnerId },
    orderBy: { id: 'desc' },
  });
  return row && withPartner(reading, coalitionId, row);
}

export async function openTurn(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  of: {
    partnerId: PartnerId;
    sector: string;
    round: number;
    issueId: IssueId;
    state: OpenState;
    askedId: MemberId | null;
    answerBy: Date;
  },
): Promise<TurnId> {
  const partner = await tx.partner.findFirstOrThrow({ where: { id: of.partnerId, coalitionId } });
  const row = await tx.spotlightTurn.create({
    data: { coalitionId, ...of, ...cardOf(partner), openKey: coalitionId, askedAt: now },
  });
  return row.id as TurnId;
}

/** Records the partner's own words as approved. */
export async function recordWords(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  turnId: TurnId,
  by: MemberId,
  words: Partial<Portrait>,
): Promise<void> {
  await tx.spotlightTurn.update({
    where: { id: turnId, coalitionId },
    data: { ...words, state: 'approved', answeredId: by, answeredAt: now },
  });
}

export async function recordOwnCard(
  { tx }: Writing,
  coalitionId: CoalitionId,
  turnId: TurnId,
): Promise<void> {
  await tx.spotlightTurn.update({ where: { id: turnId, coalitionId }, data: { state: 'own-card' } });
}

export async function recordAsked(
  { tx }: Writing,
  coalitionId: CoalitionId,
  turnId: TurnId,
  askedId: MemberId | null,
): Promise<void> {
  await tx.spotlightTurn.update({ where: { id: turnId, coalitionId }, data: { askedId } });
}

export async function closeTurn(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  turnId: TurnId,
  state: Closing | 'shown',
  more: { by?: MemberId; words?: Portrait } = {},
): Promise<void> {
  await tx.spotlightTurn.update({
    where: { id: turnId, coalitionId },
    data: {
      state,
      openKey: null,
      ...more.words,
      ...(more.by ? { answeredId: more.by, answeredAt: now } : {}),
      ...(state === 'shown' ? { shownAt: now } : {}),
    },
  });
}

/** A turn that is still open when an issue has gone out without it belongs to the next. */
export async function moveOpenTurn({ tx }: Writing, coalitionId: CoalitionId, to: IssueId): Promise<void> {
  await tx.spotlightTurn.updateMany({ where: { coalitionId, openKey: coalitionId }, data: { issueId: to } });
}

export async function recordConsent(
  { tx }: Writing,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
  consent: boolean,
): Promise<void> {
  await tx.partner.updateMany({
    where: { id: partnerId, coalitionId },
    data: { spotlightConsent: consent },
  });
}

export async function hasConsent(
  reading: Reading,
  coalitionId: CoalitionId,
  partnerId: PartnerId,
): Promise<boolean> {
  const row = await reading.partner.findFirst({ where: { id: partnerId, coalitionId } });
  return row?.spotlightConsent ?? false;
}

/** Until when each of some members is away. */
export async function listAway(
  reading: Reading,
  coalitionId: CoalitionId,
  memberIds: readonly MemberId[],
): Promise<Map<MemberId, Date | null>> {
  const rows = await reading.member.findMany({ where: { coalitionId, id: { in: [...memberIds] } } });
  return new Map(rows.map(({ id, awayUntil }) => [id as MemberId, awayUntil]));
}

export function cardOf(partner: { does: string; needs: string[]; offers: string[] }): Portrait {
  return {
    working: short(partner.does),
    fits: '',
    needs: short(partner.needs.join(', ')),
    offers: short(partner.offers.join(', ')),
  };
}

/** The longest answer in a spotlight, in UTF-16 units: four of them leave room for the rest of a digest. */
export const longestAnswer = 400;

/** A card may say more than a spotlight holds. */
const short = (said: string): string => shortened(said.trim(), longestAnswer);

type Row = NonNullable<Awaited<ReturnType<Reading['spotlightTurn']['findUnique']>>>;

async function withPartner(reading: Reading, coalitionId: CoalitionId, row: Row): Promise<Turn> {
  const partner = await reading.partner.findFirstOrThrow({ where: { id: row.partnerId, coalitionId } });
  const { working, fits, needs, offers } = row;
  return {
    id: row.id as TurnId,
    partnerId: partner.id as PartnerId,
    partnerName: partner.name,
    sector: row.sector,
    round: row.round,
    issueId: row.issueId as IssueId,
    state: row.state as TurnState,
    askedId: row.askedId as MemberId | null,
    answerBy: row.answerBy,
    shownAt: row.shownAt,
    words: { working, fits, needs, offers },
    ownCard: cardOf(partner),
    mayBeShown: partner.leftAt === null && partner.spotlightConsent,
  };
}
