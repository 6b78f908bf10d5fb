import type { CoalitionId, MemberId } from '../../../../core/ids.ts';
import type { Writing } from '../../../../core/ports.ts';
import { type DecisionId, findDecision } from '../../decision/store.ts';
import { removeBallot } from '../store.ts';

/**
 * The voices that one member has where people vote for themselves become another's, whether they have answered
 * with them. Returns the decisions whose count has changed. Where both have a voice, a person keeps one: their
 * own, or the other's if only that one has answered. The other is not deleted, because the electorate is frozen
 * and on the record; it stays under the id of `from`, which nobody can speak as any more.
 *
 * Nothing here reads or writes the urn. Of an anonymous decision that both had answered, both ballots stay in
 * it: to take one out somebody would have to know which.
 */
export async function moveVoices(
  writing: Writing,
  coalitionId: CoalitionId,
  from: MemberId,
  into: MemberId,
): Promise<DecisionId[]> {
  const { tx } = writing;
  // In the order of ids, and before any tally: the order in which a vote takes the same rows.
  await tx.$queryRaw`
    select 1 as "locked" from "DecisionVoice"
    where "coalitionId" = ${coalitionId}::uuid and "memberId" in (${from}::uuid, ${into}::uuid)
    order by "id" for update`;
  const own = await tx.decisionVoice.findMany({
    where: { coalitionId, memberId: into },
    include: { ballot: true },
  });
  const both = own.map(({ decisionId }) => decisionId);
  await tx.decisionVoice.updateMany({
    where: { coalitionId, memberId: from, decisionId: { notIn: both } },
    data: { memberId: into },
  });
  const theirs = await tx.decisionVoice.findMany({
    where: { coalitionId, memberId: from, decision: { state: 'open' } },
    include: { ballot: true },
    orderBy: { decisionId: 'asc' },
  });
  const changed: DecisionId[] = [];
  for (const voice of theirs) {
    const kept = own.find(({ decisionId }) => decisionId === voice.decisionId);
    if (!kept || !(voice.answered || voice.ballot)) continue;
    if (!(kept.answered || kept.ballot)) {
      // One at a time: the key allows nobody two voices, not even on the way.
      await tx.decisionVoice.update({ where: { id: kept.id }, data: { memberId: null } });
      await tx.decisionVoice.update({ where: { id: voice.id }, data: { memberId: into } });
      await tx.decisionVoice.update({ where: { id: kept.id }, data: { memberId: from } });
      continue;
    }
    const decision = await findDecision(tx, coalitionId, voice.decisionId as DecisionId);
    if (decision && (await removeBallot(writing, decision, voice))) changed.push(decision.id);
  }
  return changed;
}
