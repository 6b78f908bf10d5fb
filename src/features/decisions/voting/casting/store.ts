import type { CoalitionId, MemberId } from '../../../../core/ids.ts';
import { isId } from '../../../../core/ids.ts';
import type { Writing } from '../../../../core/ports.ts';
import { type Database, type Reading, readRows, writeRows } from '../../../../database.ts';
import { redrawWithin } from '../../../../delivery/redraw-within.ts';
import { type Mark, mark as markSchema } from '../../counting/ballots/rules.ts';
import {
  type Decision,
  type DecisionId,
  type DecisionRow,
  decisionColumns,
  decisionOf,
  type Tally,
} from '../../decision/store.ts';
import { addedBy, mayReplace, type Speaking, tallyKeys } from '../rules.ts';
import { ballotOf, type CastBallot, findBallot, type Voice } from '../store.ts';

export type Vote = { readonly mark: Mark; readonly reason: string } & Speaking;

export type Voted =
  | { readonly voted: 'counted'; readonly replaced: Mark | null; readonly tally: Tally }
  /** The very same thing stands there already. */
  | { readonly voted: 'again' }
  /** Closed, or its time is up. */
  | { readonly voted: 'late' }
  /** Whoever spoke has left, was joined with another member, or has this voice no more. */
  | { readonly voted: 'moved' }
  /** Another's word stands over this one. */
  | { readonly voted: 'overruled'; readonly by: MemberId };

type Booth = {
  readonly decision: Decision;
  readonly voice: Voice | null;
  readonly ballot: CastBallot | null;
};

/** A decision, the voice with which somebody speaks in it, and what that voice says now: everything a vote is decided by. */
export async function findBooth(
  reading: Reading,
  coalitionId: CoalitionId,
  decisionId: DecisionId,
  of: { partnerId: string | null; memberId: string },
): Promise<Booth | null> {
  if (!isId(decisionId)) return null;
  type Row = DecisionRow & { voice: Voice | null; ballot: BallotJson | null };
  type BallotJson = Omit<Parameters<typeof ballotOf>[0], 'castAt'> & { castAt: string };
  const [row] = await readRows<Row>(reading, boothSql, [decisionId, coalitionId, of.memberId, of.partnerId]);
  if (!row) return null;
  const { voice, ballot } = row;
  return {
    decision: decisionOf(row),
    voice,
    ballot: ballot && ballotOf({ ...ballot, castAt: new Date(ballot.castAt) }),
  };
}

const boothSql = `
  select ${decisionColumns}, to_json(v) as "voice", to_json(b) as "ballot"
  from "Decision" d
  left join "DecisionVoice" v on v."decisionId" = d."id" and v."coalitionId" = d."coalitionId"
    and (v."memberId" = $3::uuid or v."partnerId" = $4::uuid)
  left join "DecisionBallot" b on b."voiceId" = v."id"
  where d."id" = $1::uuid and d."coalitionId" = $2::uuid`;

/**
 * Casts or changes one voice's ballot in one statement that is its own transaction, with the redraw of the card.
 * Null when more than that has to be written, or something came in between: then `recordVote` decides.
 */
export async function castAtOnce(
  database: Database,
  { decision, voice, ballot }: { decision: Decision; voice: Voice; ballot: CastBallot | null },
  vote: Vote,
  scope: { now: Date; view: string; redraw: boolean },
): Promise<{ voted: Voted; lanes: readonly string[] } | null> {
  // Whoever answers last must set the timer of the close.
  if (decision.terms.closesEarly) return null;
  const known = settled(ballot, vote);
  if (known) return { voted: known, lanes: [] };
  const way = { atOnce: true, first: ballot === null, redraw: scope.redraw };
  const [row] = await writeRows<CastRow>(database, castSql(way), [
    ...castValues(decision, voice, ballot, vote, scope.now),
    ...[scope.view, `${decision.id}:nudge#`],
    ...expectedValues(ballot),
  ]);
  if (!row || row.busy) return null;
  const voted = votedOf(row, ballot);
  return voted && { voted, lanes: row.lanes };
}

/**
 * The same inside a transaction. Member, voice, tally and ballot are taken in this order: the order of a merge, of
 * the close and of taking a ballot back. Two alternates at once come one after the other, and a vote meets the
 * close exactly once. A ballot that changed between reading and writing is read again, now under the locks.
 */
export async function recordVote(
  { tx, now }: Writing,
  decision: Decision,
  voice: Voice,
  vote: Vote,
): Promise<Voted> {
  for (let attempt = 1; ; attempt += 1) {
    const before = await findBallot(tx, decision.coalitionId, voice.id);
    const known = settled(before, vote);
    if (known) return known;
    const sql = castSql({ atOnce: false, first: before === null, redraw: false });
    const values = [...castValues(decision, voice, before, vote, now), ...expectedValues(before)];
    const [row] = await writeRows<CastRow>(tx, sql, values);
    const voted = row && votedOf(row, before);
    if (voted) return voted;
    if (attempt >= 3) throw new Error(`The ballot of voice ${voice.id} changes while it is held`);
  }
}

/** What needs no writing: the same word again, or one that another's stands over. */
function settled(before: CastBallot | null, vote: Vote): Voted | null {
  if (before === null) return null;
  const earlier = { by: before.castById, primary: before.byPrimary, spoken: before.spoken };
  if (!mayReplace(earlier, vote)) return { voted: 'overruled', by: before.castById };
  const same =
    before.castById === vote.by &&
    before.spoken === vote.spoken &&
    before.reason === vote.reason &&
    JSON.stringify(before.mark) === JSON.stringify(markSchema.parse(vote.mark));
  return same ? { voted: 'again' } : null;
}

type CastRow = {
  here: boolean;
  open: boolean;
  busy: boolean;
  lanes: string[];
  answered: number | null;
  abstained: number | null;
  counts: string[] | null;
  sectorAnswered: number[] | null;
  sectorAbstained: number[] | null;
};

/** Null: the ballot was not as it was read. */
function votedOf(row: CastRow, before: CastBallot | null): Voted | null {
  if (!row.here) return { voted: 'moved' };
  if (!row.open) return { voted: 'late' };
  if (row.answered === null) return null;
  const { answered, abstained, counts, sectorAnswered, sectorAbstained } = row;
  return {
    voted: 'counted',
    replaced: before?.mark ?? null,
    tally: {
      answered,
      abstained: abstained ?? 0,
      counts: (counts ?? []).map(BigInt),
      sectorAnswered: sectorAnswered ?? [],
      sectorAbstained: sectorAbstained ?? [],
    },
  };
}

/** The values of `castSql`, from $1 to $15. */
function castValues(decision: Decision, voice: Voice, before: CastBallot | null, vote: Vote, now: Date) {
  const keys = tallyKeys(decision.terms.rule, decision.options.length);
  const [less, more] = [
    addedBy(before?.mark ?? null, voice.weight, keys),
    addedBy(vote.mark, voice.weight, keys),
  ];
  const counts = more.map((votes, column) => votes - (less[column] ?? 0n));
  const sector = decision.sectors.findIndex((each) => each.sector === voice.sector) + 1;
  return [
    ...[decision.coalitionId, decision.id, voice.id, voice.memberId, voice.partnerId, vote.by, now],
    ...[JSON.stringify(vote.mark), vote.reason, vote.primary, vote.spoken],
    ...[
      Number(before === null),
      Number(vote.mark.mark === 'abstain') - Number(before?.mark.mark === 'abstain'),
    ],
    ...[`{${counts.join(',')}}`, sector],
  ];
}

/** What the earlier ballot must still say, the last values of `castSql`. */
function expectedValues(before: CastBallot | null) {
  if (before === null) return [];
  return [JSON.stringify(before.mark), before.reason, before.castById, before.byPrimary, before.spoken];
}

/**
 * A vote as one statement. Its ballot is written only where the earlier one is still as it was read; the tally
 * moves by the difference only if it was. Costs the same however many ballots there are.
 */
function castSql({ atOnce, first, redraw }: { atOnce: boolean; first: boolean; redraw: boolean }): string {
  const redrawn = redrawWithin({ coalitionId: '$1::uuid', view: '$16::text', subject: '$2::uuid::text' });
  const nudges = `
    select 1 from "Outreach" n where n."coalitionId" = $1::uuid and n."feature" = 'decisions' and n."state" = 'waiting'
      and starts_with(n."subject", $17::text)
      and n."memberId" in (
        select m."id" from "Member" m
        where m."coalitionId" = $1::uuid and (m."id" = $4::uuid or m."partnerId" = $5::uuid))`;
  const busy = atOnce ? `exists (${redrawn.unsent}) or exists (${nudges})` : 'false';
  const [mark, reason, by, primary, spoken] = [0, 1, 2, 3, 4].map((at) => `$${at + (atOnce ? 18 : 16)}`);
  const said = first
    ? `insert into "DecisionBallot"
         ("voiceId", "coalitionId", "decisionId", "mark", "reason", "castById", "byPrimary", "spoken", "castAt")
       select $3::uuid, $1::uuid, $2::uuid, $8::text::jsonb, $9::text, $6::uuid, $10::boolean, $11::boolean, $7::timestamptz
       from tally_ on conflict ("voiceId") do nothing returning 1 as "one"`
    : `update "DecisionBallot" b set "mark" = $8::text::jsonb, "reason" = $9::text, "castById" = $6::uuid,
         "byPrimary" = $10::boolean, "spoken" = $11::boolean, "castAt" = $7::timestamptz
       from tally_ where b."voiceId" = $3::uuid and b."mark" = ${mark}::text::jsonb and b."reason" = ${reason}::text
         and b."castById" = ${by}::uuid and b."byPrimary" = ${primary}::boolean and b."spoken" = ${spoken}::boolean
       returning 1 as "one"`;
  return `
  with busy as materialized (select (${busy}) as "busy"),
  speaker as materialized (
    select m."id" from "Member" m
    where m."id" = $6::uuid and m."coalitionId" = $1::uuid and m."leftAt" is null for share of m
  ), voice as materialized (
    select v."id" from "DecisionVoice" v, speaker
    where v."id" = $3::uuid and v."coalitionId" = $1::uuid and v."decisionId" = $2::uuid
      and v."memberId" is not distinct from $4::uuid and v."partnerId" is not distinct from $5::uuid
    for update of v
  ), tally_ as materialized (
    select t."decisionId" from "DecisionTally" t, voice, busy
    where t."decisionId" = $2::uuid and t."open" and t."closesAt" > $7::timestamptz and not busy."busy"
    for update of t
  ), said as (${said}), counted as (
    update "DecisionTally" t set
      "answered" = t."answered" + $12::int, "abstained" = t."abstained" + $13::int,
      "counts" = array(
        select c + d from unnest(t."counts", $14::text::bigint[]) with ordinality as column_(c, d, at) order by at),
      "sectorAnswered"[$15::int] = t."sectorAnswered"[$15::int] + $12::int,
      "sectorAbstained"[$15::int] = t."sectorAbstained"[$15::int] + $13::int
    from said where t."decisionId" = $2::uuid
    returning t."answered", t."abstained", t."counts"::text[] as "counts", t."sectorAnswered", t."sectorAbstained"
  )${redraw ? `, redrawn as (${redrawn.after('said')})` : ''}
  select exists (select from voice) as "here", exists (select from tally_) as "open", busy."busy",
    ${redraw ? 'array(select distinct "laneId" from redrawn)' : "'{}'::text[]"} as "lanes", counted.*
  from busy left join counted on true`;
}
