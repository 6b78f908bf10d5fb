import { type Answer, refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { defineButton } from '../../../core/command.ts';
import type { Tools } from '../../../core/ports.ts';
import type { Reader } from '../../../core/reader.ts';
import { code } from '../../../core/text.ts';
import { say } from '../words.ts';
import {
  droppedCard,
  importConfirmPress,
  importDropPress,
  importPagePress,
  previewCard,
  startedCard,
} from './cards.ts';
import { importPartners } from './jobs.ts';
import { planImport } from './planning/rules.ts';
import { headerOf, mostRows, type ReadCsv, readCsv } from './rules.ts';
import { claimUpload, dropUpload, findUpload, mapPartners, recordUpload, type UploadId } from './store.ts';

/** Keeps an uploaded list and shows what importing it would do. */
export async function preview(text: string, asked: AskedBy<'backbone'>, tools: Tools): Promise<Answer> {
  const { coalition, member, reader } = asked;
  const read = readCsv(text);
  // The file stays with whoever sent it: kept for another try, it would only be sent as it was.
  if (!read.ok) return refused('directory.unreadable', sayUnreadable(read, reader));
  const upload = await tools.write((writing) =>
    recordUpload(writing, coalition.id, { memberId: member.id, text }),
  );
  return shown(await drawPreview(upload, read, 0, asked, tools));
}

async function drawPreview(
  upload: UploadId,
  read: Extract<ReadCsv, { ok: true }>,
  page: number,
  { coalition, reader }: AskedBy<'backbone'>,
  tools: Tools,
) {
  const rows = planImport(read.rows, await mapPartners(tools.database, coalition.id));
  return previewCard({ upload, rows, ignored: read.ignored, page }, reader);
}

function sayUnreadable(read: Extract<ReadCsv, { ok: false }>, reader: Reader) {
  const header = code([headerOf('name'), headerOf('does'), headerOf('sector')].join(','));
  return say(reader, `csv.unreadable.${read.why}`, { most: mostRows, header });
}

export const importPage = defineButton({
  press: importPagePress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    const found = await findUpload(tools.database, asked.coalition.id, payload.upload);
    const read = found && readCsv(found.text);
    if (!read?.ok) return refused('directory.no-upload', say(asked.reader, 'csv.gone'));
    return shown(await drawPreview(payload.upload, read, payload.page, asked, tools));
  },
});

export const importConfirm = defineButton({
  press: importConfirmPress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    const { coalition, member, reader } = asked;
    const { upload } = payload;
    const found = await findUpload(tools.database, coalition.id, upload);
    if (!found) return refused('directory.no-upload', say(reader, 'csv.gone'));
    const started = await tools.write(async (writing) => {
      // Pressed twice, or by two people: the first press starts it.
      if (!(await claimUpload(writing, coalition.id, upload))) return null;
      const { kind } = importPartners;
      return tools.longWork.start(writing, { coalition, member, kind, input: { upload } });
    });
    return shown(startedCard('import', started ? tools.longWork.where(started, reader) : [], reader));
  },
});

export const importDrop = defineButton({
  press: importDropPress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    await tools.write((writing) => dropUpload(writing, asked.coalition.id, payload.upload));
    return shown(droppedCard(asked.reader));
  },
});
