import { randomBytes, randomUUID } from 'node:crypto';
import type { CoalitionId } from '../../../core/ids.ts';
import type { Writing } from '../../../core/ports.ts';
import type { Coalition } from '../../../core/who.ts';
import type { Prisma, Reading } from '../../../database.ts';
import type { Decision, DecisionId } from '../decision/store.ts';
import { recordedName, recordedTerms } from '../register/rules.ts';
import { recordEntry, takeNumber } from '../register/store.ts';
import { cappedWeights } from '../terms/rules.ts';
import { tallyKeys } from '../voting/rules.ts';

type Voice = {
  readonly id: string;
  readonly partnerId: string | null;
  readonly memberId: string | null;
  readonly name: string;
  readonly sector: string;
};

/** Organisations that have somebody to speak for them, or everybody who has joined, as it is now. */
export async function listElectorate(
  reading: Reading,
  coalitionId: CoalitionId,
  of: 'organisations' | 'people',
): Promise<Voice[]> {
  if (of === 'organisations') {
    const partners = await reading.partner.findMany({
      where: {
        coalitionId,
        leftAt: null,
        members: {
          some: { leftAt: null, standing: { in: ['representative', 'alternate', 'backbone'] } },
        },
      },
      orderBy: { nameKey: 'asc' },
      select: { id: true, name: true, sector: true },
    });
    return partners.map(({ id, name, sector }) => ({
      id: randomUUID(),
      partnerId: id,
      memberId: null,
      name,
      sector,
    }));
  }
  const members = await reading.member.findMany({
    where: { coalitionId, leftAt: null, standing: { not: 'guest' } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true, partner: { select: { sector: true } } },
  });
  const seen = new Map<string, number>();
  return members.map(({ id, name, partner }) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    const called = times === 1 ? name : `${name} (${times})`;
    return { id: randomUUID(), partnerId: null, memberId: id, name: called, sector: partner?.sector ?? '' };
  });
}

/** Organisations by name, for weights. */
export async function listPartnersNamed(
  reading: Reading,
  coalitionId: CoalitionId,
): Promise<{ id: string; name: string }[]> {
  return reading.partner.findMany({
    where: { coalitionId, leftAt: null },
    select: { id: true, name: true },
    orderBy: { nameKey: 'asc' },
  });
}

/**
 * Opens a draft: freezes who has a voice, gives it its number and its seed, and writes it on the record. Null
 * when it is no draft any more, so that opening twice opens once.
 */
export async function openDecision(
  writing: Writing,
  coalition: Coalition,
  draft: Decision,
): Promise<{ decisionId: DecisionId; number: number } | null> {
  const { tx, now } = writing;
  const coalitionId = coalition.id;
  const taken = await tx.decision.updateMany({
    where: { id: draft.id, coalitionId, state: 'draft' },
    data: { state: 'open', openedAt: now },
  });
  if (taken.count === 0) return null;

  const { terms } = draft;
  const voices = await listElectorate(tx, coalitionId, terms.voices);
  const idOf = (voice: Voice) => voice.partnerId ?? voice.memberId ?? '';
  const weights = terms.weights ? cappedWeights(voices.map(idOf), terms.weights) : null;
  const weightOf = (voice: Voice) => weights?.get(idOf(voice)) ?? 1;
  const electorateWeight = voices.reduce((total, voice) => total + BigInt(weightOf(voice)), 0n);
  const sectors = [...new Set(voices.map(({ sector }) => sector))].sort().map((sector) => ({
    sector,
    voices: voices.filter((voice) => voice.sector === sector).length,
  }));
  const number = await takeNumber(writing, coalitionId);
  const seed = randomBytes(16).toString('hex');
  await tx.decision.update({
    where: { id: draft.id },
    data: {
      number,
      seed,
      voices: voices.length,
      sectors: sectors as unknown as Prisma.InputJsonValue,
      electorateWeight,
    },
  });
  await tx.decisionVoice.createMany({
    data: voices.map((voice) => ({
      ...voice,
      coalitionId,
      decisionId: draft.id,
      weight: weightOf(voice),
    })),
  });
  await tx.decisionTally.create({
    data: {
      decisionId: draft.id,
      coalitionId,
      open: true,
      closesAt: draft.closesAt,
      counts: tallyKeys(terms.rule, draft.options.length).map(() => 0n),
      sectorAnswered: sectors.map(() => 0),
      sectorAbstained: sectors.map(() => 0),
    },
  });
  if (terms.anonymous) await tx.decisionUrn.create({ data: { decisionId: draft.id, coalitionId } });
  await recordEntry(writing, coalitionId, {
    decisionId: draft.id,
    kind: 'opened',
    body: {
      decision: number,
      question: draft.question,
      options: draft.options,
      terms: recordedTerms(terms),
      seed,
      closesAt: draft.closesAt.toISOString(),
      electorate: voices.map((voice) => ({
        name: recordedName(voice),
        sector: voice.sector,
        weight: weightOf(voice),
      })),
    },
  });
  return { decisionId: draft.id, number };
}
