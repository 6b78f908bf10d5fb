import type { LongWorkKind } from '../../../core/command.ts';
import type { CoalitionId } from '../../../core/ids.ts';
import type { Tools } from '../../../core/ports.ts';
import type { Reading } from '../../../database.ts';
import { localDate } from '../../../time/wall-clock.ts';
import { type Exported, exportWorkParts } from './cards.ts';
import { definitionsCsv, type FigureLine, figuresCsv, fits, readToken } from './rules.ts';
import {
  countRequests,
  findToken,
  listDefinitions,
  listFigures,
  listTotals,
  recordTokenUsed,
  type Scope,
} from './store.ts';

/** More requests than this are exported as long work: with them all, an answer would take seconds. */
export const mostAtAnswer = 500;
const atOnce = 500;

async function readFigures(
  reading: Reading,
  coalitionId: CoalitionId,
  now: Date,
  progress?: (done: number) => Promise<void>,
): Promise<FigureLine[]> {
  const lines: FigureLine[] = [];
  let done = 0;
  for (let after: string | null = null; ; ) {
    const page = await listFigures(reading, coalitionId, { after, take: atOnce, now });
    lines.push(...page.lines);
    done += page.count;
    after = page.last;
    await progress?.(done);
    if (page.count < atOnce) return lines;
  }
}

/** Everything that may be read of a coalition's measures, as one object. */
async function readAll(
  reading: Reading,
  coalitionId: CoalitionId,
  scope: Scope,
  figures: readonly FigureLine[],
) {
  return {
    definitions: await listDefinitions(reading, coalitionId),
    ...(await listTotals(reading, coalitionId)),
    ...(scope === 'everything' ? { figures } : {}),
  };
}

export async function makeExport(
  reading: Reading,
  of: { coalitionId: CoalitionId; timeZone: string; format: 'csv' | 'json'; now: Date },
  progress?: (done: number) => Promise<void>,
): Promise<Exported> {
  const { coalitionId, format, now } = of;
  const lines = await readFigures(reading, coalitionId, now, progress);
  const date = localDate(now, of.timeZone);
  if (format === 'json') {
    const all = await readAll(reading, coalitionId, 'everything', lines);
    const content = `${JSON.stringify({ exportedAt: now.toISOString(), ...all }, null, 2)}\n`;
    return { format, figures: content, definitions: '', total: lines.length, date };
  }
  const definitions = definitionsCsv(await listDefinitions(reading, coalitionId));
  return { format, figures: figuresCsv(lines), definitions, total: lines.length, date };
}

/** Writes everything into files that arrive on the progress card. */
export const exportMeasures: LongWorkKind = {
  kind: 'measures.export',
  async run({ writing: { tx, now }, coalition, input, progress }) {
    const { format } = input as { format: 'csv' | 'json' };
    const total = await countRequests(tx, coalition.id);
    const of = { coalitionId: coalition.id, timeZone: coalition.timeZone, format, now };
    return makeExport(tx, of, (done) => progress(Math.min(done, total), total));
  },
  describe: (state, reader) => exportWorkParts(state, reader),
};

/**
 * What a token opens: its own coalition's totals, or everything, and nothing at all when it is unknown, wrong or
 * revoked.
 */
export async function readByToken(tools: Tools, token: string): Promise<Record<string, unknown> | null> {
  const read = readToken(token);
  const found = read && (await findToken(tools.database, read.id));
  if (!read || !found || !fits(read.secret, found.hash)) return null;
  const { coalitionId, scope } = found;
  await tools.write((writing) => recordTokenUsed(writing, coalitionId, read.id));
  const now = tools.clock.now();
  const figures = scope === 'everything' ? await readFigures(tools.database, coalitionId, now) : [];
  return { readAt: now.toISOString(), ...(await readAll(tools.database, coalitionId, scope, figures)) };
}
