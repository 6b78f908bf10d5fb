import { z } from 'zod';
import { leastReaching, threshold } from '../fraction/rules.ts';

/**
 * How many voices must answer before a result counts. Voices are counted, never weights. `abstaining` says
 * whether an abstention is an answer for the quorum; `perSector` asks for that many from every sector that
 * has a voice (all of a sector that has fewer).
 */
export const quorum = z
  .object({
    from: z.discriminatedUnion('by', [
      z.object({ by: z.literal('none') }).strict(),
      z.object({ by: z.literal('number'), voices: z.int().min(1).max(1_000_000) }).strict(),
      z.object({ by: z.literal('share'), threshold }).strict(),
    ]),
    perSector: z.int().min(0).max(1000),
    abstaining: z.boolean(),
  })
  .strict();
export type Quorum = z.infer<typeof quorum>;

/** How many voices there are and how many have answered, in all and by sector. */
export type Turnout = {
  readonly voices: number;
  readonly answered: number;
  readonly abstained: number;
  readonly sectors: readonly SectorTurnout[];
};
type SectorTurnout = {
  readonly sector: string;
  readonly voices: number;
  readonly answered: number;
  readonly abstained: number;
};

export type QuorumState = {
  readonly reached: boolean;
  readonly needed: number;
  readonly counted: number;
  /** Sectors that are still short, and by how many voices. */
  readonly shortSectors: readonly { readonly sector: string; readonly by: number }[];
};

export function quorumState(of: Quorum, turnout: Turnout): QuorumState {
  const needed = neededVoices(of, turnout.voices);
  const counts = (each: { answered: number; abstained: number }) =>
    of.abstaining ? each.answered : each.answered - each.abstained;
  const counted = counts(turnout);
  const shortSectors = turnout.sectors.flatMap((each) => {
    const by = Math.min(of.perSector, each.voices) - counts(each);
    return by > 0 ? [{ sector: each.sector, by }] : [];
  });
  return { reached: counted >= needed && shortSectors.length === 0, needed, counted, shortSectors };
}

export function neededVoices({ from }: Quorum, voices: number): number {
  switch (from.by) {
    case 'none':
      return 0;
    case 'number':
      return from.voices;
    case 'share':
      return Number(leastReaching(BigInt(voices), from.threshold));
    default:
      return from satisfies never;
  }
}
