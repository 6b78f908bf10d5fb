import type { Writing } from '../../../core/ports.ts';
import type { Decision } from '../decision/store.ts';
import { recordEntry } from '../register/store.ts';

/** Writes the outcome in a person's words; said again, it supersedes what was said before. */
export async function recordStatement(
  writing: Writing,
  of: Decision,
  said: { statement: string; followUps: readonly string[]; decided: boolean },
): Promise<void> {
  const { tx } = writing;
  const { coalitionId, id } = of;
  await tx.decision.update({ where: { id, coalitionId }, data: { statement: said.statement } });
  const known = new Set(of.followUps.map(({ text }) => text));
  await tx.decisionFollowUp.createMany({
    data: said.followUps
      .filter((text) => !known.has(text))
      .map((text) => ({ coalitionId, decisionId: id, text })),
  });
  await recordEntry(writing, coalitionId, {
    decisionId: id,
    kind: said.decided ? 'decided' : 'statement',
    body: { decision: of.number, text: said.statement, followUps: said.followUps },
  });
}

/** Adds a correction to the record. What it corrects stays as it was and is superseded. */
export async function recordCorrection(
  writing: Writing,
  of: Decision,
  said: { text: string; supersedes: number },
): Promise<{ position: number }> {
  return recordEntry(writing, of.coalitionId, {
    decisionId: of.id,
    kind: 'correction',
    body: { decision: of.number, text: said.text, supersedes: said.supersedes },
  });
}

/** The position of the latest entry about a decision that a correction can supersede. */
export async function findCorrectable({ tx }: Writing, of: Decision): Promise<number> {
  const entry = await tx.decisionEntry.findFirst({
    where: { coalitionId: of.coalitionId, decisionId: of.id, kind: { notIn: ['opened', 'extended'] } },
    orderBy: { position: 'desc' },
    select: { position: true },
  });
  return entry?.position ?? 0;
}
