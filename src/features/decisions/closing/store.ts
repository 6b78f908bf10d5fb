import { randomBytes } from 'node:crypto';
import type { Writing } from '../../../core/ports.ts';
import type { Prisma } from '../../../database.ts';
import { findUrn, removeUrn } from '../anonymous/store.ts';
import type { Mark } from '../counting/ballots/rules.ts';
import type { Decision, Tally } from '../decision/store.ts';
import { type ClosedBody, reasonDigest, recordedName, recordedTerms, replay } from '../register/rules.ts';
import { recordEntry } from '../register/store.ts';
import { listBallots, listVoicesIn } from '../voting/store.ts';
import type { ClosedBy, Outcome } from './rules.ts';

/** Takes the tally for the rest of the transaction: no vote gets in any more. Null when it was closed before. */
export async function lockOpenTally(
  { tx }: Writing,
  decision: Decision,
): Promise<(Tally & { closesAt: Date }) | null> {
  await tx.$queryRaw`
    select 1 as "locked" from "DecisionTally" where "decisionId" = ${decision.id}::uuid for update`;
  const row = await tx.decisionTally.findFirst({
    where: { decisionId: decision.id, coalitionId: decision.coalitionId, open: true },
  });
  return row;
}

type Reason = { readonly voiceId: string | null; readonly memberId: string | null; readonly text: string };

/**
 * What will stand on the record: everything that is needed to count again, and no more. Names for open ballots;
 * hashes of receipt codes for anonymous ones, and no ballots at all when they are too few to be told.
 */
export async function gatherBallots(
  writing: Writing,
  decision: Decision,
  tally: Tally,
  closedBy: ClosedBy,
): Promise<{ body: ClosedBody; outcome: Outcome; reasons: readonly Reason[] }> {
  const { tx } = writing;
  const voices = await listVoicesIn(tx, decision);
  let ballots: { of: string; mark: Mark }[];
  let reasons: Reason[];
  if (decision.terms.anonymous) {
    const urn = await findUrn(tx, decision);
    ballots = Object.entries(urn.ballots).map(([of, mark]) => ({ of, mark }));
    reasons = Object.values(urn.reasons).map((text) => ({ voiceId: null, memberId: null, text }));
  } else {
    const cast = await listBallots(tx, decision);
    ballots = cast.map(({ voice, ballot }) => ({ of: recordedName(voice), mark: ballot.mark }));
    reasons = cast.flatMap(({ voice, ballot }) =>
      ballot.reason === '' ? [] : [{ voiceId: voice.id, memberId: ballot.castById, text: ballot.reason }],
    );
  }
  const draft = {
    kind: 'closed' as const,
    decision: decision.number,
    question: decision.question,
    options: [...decision.options],
    terms: recordedTerms(decision.terms),
    seed: decision.seed,
    electorate: voices.map((voice) => ({
      name: recordedName(voice),
      sector: voice.sector,
      weight: voice.weight,
    })),
    answered: tally.answered,
    ...(decision.terms.anonymous ? { sectorAnswered: [...tally.sectorAnswered] } : {}),
    reasons: [],
    outcome: { closedBy } as Outcome,
  };
  // The outcome is what the record itself replays to, so the two can never differ.
  const outcome = replay({ ...draft, ballots });
  const told = outcome.ending !== 'too-few';
  return {
    body: { ...draft, ballots: told ? ballots : [], outcome },
    outcome,
    reasons: told ? reasons : [],
  };
}

/** Writes the outcome: the decision, its reasons, and the entry on the record. Returns the entry's hash. */
export async function recordClosing(
  writing: Writing,
  decision: Decision,
  closed: {
    body: ClosedBody;
    outcome: Outcome;
    reasons: readonly Reason[];
    why: string;
    reviewAt: Date | null;
  },
): Promise<string> {
  const { tx, now } = writing;
  const { coalitionId, id } = decision;
  const kept = closed.reasons.map((reason) => {
    const salt = randomBytes(16).toString('hex');
    return { ...reason, coalitionId, decisionId: id, salt, digest: reasonDigest(salt, reason.text) };
  });
  await tx.decisionReason.createMany({ data: kept });
  await tx.decisionTally.update({ where: { decisionId: id, coalitionId }, data: { open: false } });
  await tx.decision.update({
    where: { id, coalitionId },
    data: {
      state: 'closed',
      closedAt: now,
      reviewAt: closed.reviewAt,
      result: closed.outcome as unknown as Prisma.InputJsonValue,
    },
  });
  if (decision.terms.anonymous) await removeUrn(writing, decision);
  const { hash } = await recordEntry(writing, coalitionId, {
    decisionId: id,
    kind: 'closed',
    body: {
      ...closed.body,
      reasons: kept.map(({ digest }) => digest).sort(),
      ...(closed.why === '' ? {} : { why: closed.why }),
    },
  });
  return hash;
}

/** Moves the close of an open decision later, once, and writes down the old and the new time. */
export async function recordExtension(writing: Writing, decision: Decision, until: Date): Promise<void> {
  const { tx } = writing;
  const { coalitionId, id, closesAt } = decision;
  await tx.decision.update({ where: { id, coalitionId }, data: { closesAt: until, extendedFrom: closesAt } });
  await tx.decisionTally.update({ where: { decisionId: id, coalitionId }, data: { closesAt: until } });
  await recordEntry(writing, coalitionId, {
    decisionId: id,
    kind: 'extended',
    body: { decision: decision.number, from: closesAt.toISOString(), until: until.toISOString() },
  });
}

export async function recordWithdrawal(writing: Writing, decision: Decision, why: string): Promise<void> {
  const { tx, now } = writing;
  const { coalitionId, id } = decision;
  await tx.decisionTally.update({ where: { decisionId: id, coalitionId }, data: { open: false } });
  await tx.decision.update({ where: { id, coalitionId }, data: { state: 'withdrawn', closedAt: now } });
  await removeUrn(writing, decision);
  await recordEntry(writing, coalitionId, {
    decisionId: id,
    kind: 'withdrawn',
    body: { decision: decision.number, why },
  });
}
