import { type CoalitionId, type Id, isId, type MemberId, type PlaceId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import { literally, type Prisma, type Reading, readRows } from '../../../database.ts';
import { hasPlace } from '../../../identity/store.ts';
import { type Charter, charter } from '../charter/rules.ts';
import type { Outcome } from '../closing/rules.ts';
import { type Terms, terms } from '../terms/rules.ts';

export type DecisionId = Id<'decision'>;
const decisionStates = ['draft', 'open', 'closed', 'withdrawn'] as const;
export type DecisionState = (typeof decisionStates)[number];

export type Decision = {
  readonly id: DecisionId;
  readonly coalitionId: CoalitionId;
  /** 0 while it is a draft. */
  readonly number: number;
  readonly question: string;
  readonly background: string;
  readonly options: readonly string[];
  readonly terms: Terms;
  readonly charter: Charter | null;
  readonly state: DecisionState;
  readonly openedById: MemberId;
  readonly placeId: PlaceId | null;
  readonly openedAt: Date | null;
  readonly closesAt: Date;
  readonly extendedFrom: Date | null;
  readonly closedAt: Date | null;
  readonly seed: string;
  readonly voices: number;
  readonly sectors: readonly { readonly sector: string; readonly voices: number }[];
  readonly electorateWeight: bigint;
  readonly result: Outcome | null;
  readonly statement: string;
  readonly revisesId: DecisionId | null;
  readonly reviewAt: Date | null;
  readonly followUps: readonly FollowUp[];
};

/** Something to be done because of a decision. */
export type FollowUp = {
  readonly id: string;
  readonly text: string;
  readonly done: boolean;
  /** Empty while nobody has said who does it. */
  readonly assignee: string;
  readonly dueAt: Date | null;
};

/** Running totals. All counts are zero for an anonymous decision, whose ballots are counted at the close. */
export type Tally = {
  readonly answered: number;
  readonly abstained: number;
  readonly counts: readonly bigint[];
  readonly sectorAnswered: readonly number[];
  readonly sectorAbstained: readonly number[];
};

const whole = { followUps: { orderBy: { id: 'asc' } } } as const;

export async function findDecision(
  reading: Reading,
  coalitionId: CoalitionId,
  id: DecisionId,
): Promise<Decision | null> {
  if (!isId(id)) return null;
  const [row] = await readRows<DecisionRow>(
    reading,
    `select ${decisionColumns} from "Decision" d where d."id" = $1::uuid and d."coalitionId" = $2::uuid`,
    [id, coalitionId],
  );
  return row ? decisionOf(row) : null;
}

export async function findDecisionNumbered(
  reading: Reading,
  coalitionId: CoalitionId,
  number: number,
): Promise<Decision | null> {
  const row = await reading.decision.findFirst({ where: { number, coalitionId }, include: whole });
  return row && decisionOf(row);
}

/** Everything that was ever opened, latest first; `about` is looked for in question, background and statement. */
export async function listDecisions(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { about?: string; states?: readonly DecisionState[]; most: number },
): Promise<Decision[]> {
  const holds = of.about ? { contains: literally(of.about), mode: 'insensitive' as const } : null;
  const rows = await reading.decision.findMany({
    where: {
      coalitionId,
      state: { in: [...(of.states ?? ['open', 'closed', 'withdrawn'])] },
      ...(holds ? { OR: [{ question: holds }, { background: holds }, { statement: holds }] } : {}),
    },
    orderBy: { number: 'desc' },
    take: of.most,
    include: whole,
  });
  return rows.map(decisionOf);
}

export async function listDecisionsBetween(
  reading: Reading,
  coalitionId: CoalitionId,
  since: Date,
  until: Date,
): Promise<Decision[]> {
  const rows = await reading.decision.findMany({
    where: { coalitionId, state: 'closed', closedAt: { gt: since, lte: until } },
    orderBy: { closedAt: 'asc' },
    include: whole,
  });
  return rows.map(decisionOf);
}

export async function findTally(
  reading: Reading,
  coalitionId: CoalitionId,
  id: DecisionId,
): Promise<Tally | null> {
  type Row = Omit<Tally, 'counts'> & { counts: string[] };
  const [row] = await readRows<Row>(
    reading,
    `select "answered", "abstained", "counts"::text[] as "counts", "sectorAnswered", "sectorAbstained"
     from "DecisionTally" where "decisionId" = $1::uuid and "coalitionId" = $2::uuid`,
    [id, coalitionId],
  );
  return row ? { ...row, counts: row.counts.map(BigInt) } : null;
}

type DraftData = {
  question: string;
  background: string;
  options: readonly string[];
  terms: Terms;
  closesAt: Date;
  charter?: Charter;
  revisesId?: DecisionId;
  placeId: PlaceId | null;
};

/** Null when the decision that it revises has been taken up again already. */
export async function openDraft(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  by: MemberId,
  draft: DraftData,
): Promise<Decision | null> {
  const { terms: agreed, options, charter: proposed, ...rest } = draft;
  if (rest.placeId && !(await hasPlace(tx, coalitionId, rest.placeId))) return null;
  const [row] = await tx.decision.createManyAndReturn({
    data: {
      ...rest,
      coalitionId,
      options: [...options],
      terms: agreed as unknown as Prisma.InputJsonValue,
      ...(proposed ? { charter: proposed as unknown as Prisma.InputJsonValue } : {}),
      openedById: by,
      draftedAt: now,
    },
    skipDuplicates: true,
  });
  return row ? decisionOf({ ...row, followUps: [] }) : null;
}

export async function listDrafts(
  reading: Reading,
  coalitionId: CoalitionId,
  of: { by?: MemberId; most: number },
): Promise<Decision[]> {
  const rows = await reading.decision.findMany({
    where: { coalitionId, state: 'draft', ...(of.by ? { openedById: of.by } : {}) },
    orderBy: { draftedAt: 'desc' },
    take: of.most,
    include: whole,
  });
  return rows.map(decisionOf);
}

/** Changes a draft and nothing else: what is open stands still. Null when it is no draft any more. */
export async function changeDraft(
  { tx }: Writing,
  coalitionId: CoalitionId,
  id: DecisionId,
  change: { terms?: Terms; closesAt?: Date },
): Promise<Decision | null> {
  const { terms: agreed, closesAt } = change;
  await tx.decision.updateMany({
    where: { id, coalitionId, state: 'draft' },
    data: {
      ...(agreed ? { terms: agreed as unknown as Prisma.InputJsonValue } : {}),
      ...(closesAt ? { closesAt } : {}),
    },
  });
  const changed = await findDecision(tx, coalitionId, id);
  return changed?.state === 'draft' ? changed : null;
}

export async function removeDraft({ tx }: Writing, coalitionId: CoalitionId, id: DecisionId): Promise<void> {
  await tx.decision.deleteMany({ where: { id, coalitionId, state: 'draft' } });
}

/** Every channel in which the live card stands or is about to. */
export async function listPlacesOf(
  { tx }: Writing,
  coalitionId: CoalitionId,
  view: string,
  id: DecisionId,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select distinct p."id" from "Outgoing" o
    join "Lane" l on l."id" = o."laneId"
    join "Place" p on p."workspaceId" = l."workspaceId" and p."ref" = l."placeRef"
    where o."coalitionId" = ${coalitionId}::uuid and o."view" = ${view} and o."subject" = ${id}`;
  return rows.map((row) => row.id);
}

type Row = NonNullable<Awaited<ReturnType<Reading['decision']['findFirst']>>>;
/** A decision from Prisma, or read by `decisionColumns`, where a bigint is text. */
export type DecisionRow = Omit<Row, 'electorateWeight'> & {
  electorateWeight: bigint | string;
  followUps: {
    id: string;
    text: string;
    assignee: string;
    dueAt: Date | string | null;
    doneAt: Date | string | null;
  }[];
};

/** Everything about the decision `d`, for what is read with every vote and every redraw. */
export const decisionColumns = `
  d.*, d."electorateWeight"::text as "electorateWeight",
  (select coalesce(json_agg(f order by f."id"), '[]') from "DecisionFollowUp" f where f."decisionId" = d."id")
    as "followUps"`;

export function decisionOf(row: DecisionRow): Decision {
  return {
    id: row.id as DecisionId,
    coalitionId: row.coalitionId as CoalitionId,
    number: row.number ?? 0,
    question: row.question,
    background: row.background,
    options: row.options,
    terms: terms.parse(row.terms),
    charter: row.charter === null ? null : charter.parse(row.charter),
    state: row.state as DecisionState,
    openedById: row.openedById as MemberId,
    placeId: row.placeId as PlaceId | null,
    openedAt: row.openedAt,
    closesAt: row.closesAt,
    extendedFrom: row.extendedFrom,
    closedAt: row.closedAt,
    seed: row.seed,
    voices: row.voices,
    sectors: row.sectors as unknown as Decision['sectors'],
    electorateWeight: BigInt(row.electorateWeight),
    result: row.result as Outcome | null,
    statement: row.statement,
    revisesId: row.revisesId as DecisionId | null,
    reviewAt: row.reviewAt,
    followUps: row.followUps.map(({ id, text, assignee, dueAt, doneAt }) => ({
      ...{ id, text, assignee, done: doneAt !== null },
      dueAt: dueAt === null ? null : new Date(dueAt),
    })),
  };
}
