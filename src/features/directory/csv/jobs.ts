import type { LongWorkKind } from '../../../core/command.ts';
import { localDate } from '../../../time/wall-clock.ts';
import { tellPartnersChanged } from '../partners/jobs.ts';
import type { Partner } from '../partners/store.ts';
import { countPlan, type Exported, exportWorkParts, importParts } from './cards.ts';
import { planImport } from './planning/rules.ts';
import { readCsv, writeCsv } from './rules.ts';
import {
  countPartners,
  findUpload,
  listPartnersAfter,
  mapPartners,
  recordPartners,
  type UploadId,
} from './store.ts';

/** So many partners per statement: few round trips, and progress that moves. */
const atOnce = 250;

/**
 * Imports an upload. Planned again from what is there by now, so that it writes nothing that has become
 * untrue since the preview.
 */
export const importPartners: LongWorkKind = {
  kind: 'directory.import',
  async run({ writing, coalition, input, progress, tools }) {
    const { upload } = input as { upload: UploadId };
    const found = await findUpload(writing.tx, coalition.id, upload);
    const read = found && readCsv(found.text);
    if (!read?.ok) throw new Error(`Upload ${upload} cannot be read any more`);
    const rows = planImport(read.rows, await mapPartners(writing.tx, coalition.id));
    const cards = rows.flatMap((row) => (row.plan === 'create' || row.plan === 'change' ? [row.card] : []));
    for (let start = 0; start < cards.length; start += atOnce) {
      await recordPartners(writing, coalition.id, cards.slice(start, start + atOnce));
      await progress(Math.min(start + atOnce, cards.length), cards.length);
    }
    await tellPartnersChanged(writing, coalition, tools);
    return countPlan(rows);
  },
  describe: (state, reader) => importParts(state, reader),
};

/** More than this are exported as long work: with them all, an answer would take seconds. */
export const mostAtAnswer = 1000;

/** Writes every partner into a file that arrives on the progress card. */
export const exportPartners: LongWorkKind = {
  kind: 'directory.export',
  async run({ writing: { tx, now }, coalition, progress }) {
    const total = await countPartners(tx, coalition.id);
    const partners: Partner[] = [];
    for (let page = await listPartnersAfter(tx, coalition.id, null, atOnce); page.length > 0; ) {
      partners.push(...page);
      await progress(partners.length, Math.max(total, partners.length));
      page = await listPartnersAfter(tx, coalition.id, partners.at(-1) ?? null, atOnce);
    }
    return exportOf(partners, localDate(now, coalition.timeZone));
  },
  describe: (state, reader) => exportWorkParts(state, reader),
};

export const exportOf = (partners: readonly Partner[], date: string): Exported => ({
  content: writeCsv(partners),
  total: partners.length,
  date,
});
