import type { LongWorkKind } from '../../../core/command.ts';
import { countPlan, importParts } from './cards.ts';
import { planImport, readCsv } from './rules.ts';
import { findUpload, mapPartners, recordPartners, type UploadId } from './store.ts';

/** So many partners per statement: few round trips, and progress that moves. */
const atOnce = 250;

/**
 * Imports an upload. Planned again from what is there by now, so that it writes nothing that has become
 * untrue since the preview.
 */
export const importPartners: LongWorkKind = {
  kind: 'directory.import',
  async run({ writing, coalition, input, progress }) {
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
    return countPlan(rows);
  },
  describe: (state, reader) => importParts(state, reader),
};
