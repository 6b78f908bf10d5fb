import { type Answer, refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { card, note, paragraph } from '../../../core/card.ts';
import { defineCommand } from '../../../core/command.ts';
import { file } from '../../../core/field.ts';
import { shortened } from '../../../core/plain-text.ts';
import type { Tools } from '../../../core/ports.ts';
import { localDate } from '../../../time/wall-clock.ts';
import { findPartnerNamed } from '../../directory/feature.ts';
import { findMeasureNamed } from '../definition/store.ts';
import { byName } from '../requests/cards.ts';
import { isWanted, mayGive } from '../requests/rules.ts';
import { findRequestOf, listUnanswered, mapCurrent } from '../requests/store.ts';
import { type Entry, mayAnswer, mostNote } from '../submitting/rules.ts';
import { findNamed, recordDraft } from '../submitting/store.ts';
import { say } from '../words.ts';
import { type FileLine, filePreviewCard } from './cards.ts';
import { emptySheet, givenIn, mostFigures, type RowsOfOne, readFile } from './rules.ts';

type Asked = AskedBy<'member'>;
const mostLetters = 500_000;

/** Finds what one figure of a file is for, and reads it. */
async function lineOf(of: RowsOfOne, asked: Asked, tools: Tools): Promise<FileLine & { entry?: Entry }> {
  const { coalition, member, reader, now } = asked;
  const { database } = tools;
  const problem = (key: Parameters<typeof say>[1], values: Record<string, string> = {}): FileLine => ({
    ...{ row: of.row, name: of.measure },
    problem: say(reader, key, values),
  });
  const measure = await findMeasureNamed(database, coalition.id, of.measure);
  if (!measure) return problem('problem.measure', { got: shortened(of.measure, 40) });
  const partner =
    of.partner === '' ? member.partner : await findPartnerNamed(database, coalition.id, of.partner);
  if (!partner) return problem('file.no-partner', { got: shortened(of.partner, 40) });
  const period = of.period === '' ? {} : { key: of.period };
  const request = await findRequestOf(database, coalition.id, {
    ...{ measureId: measure.id, partnerId: partner.id },
    ...period,
  });
  const named = await findNamed(database, coalition.id, { measureId: measure.id, partnerId: partner.id });
  if (request && !mayAnswer(member, request, named))
    return problem('refused.not-yours', { partner: partner.name });
  if (!request) return problem('file.not-asked', { period: shortened(of.period, 40) });
  if (!mayGive(request, now)) return problem('refused.locked');
  const read = givenIn(of, measure, reader.language);
  if (!read.ok) return problem(`problem.figure.${read.problem.why}`, { ...read.problem.values });
  const current = (await mapCurrent(database, coalition.id, [request.id])).get(request.id);
  const entry: Entry = {
    ...{ request: request.id, version: current?.version ?? 0, given: read.given },
    ...{ note: shortened(read.note, mostNote), link: '', way: 'csv' },
  };
  return { row: of.row, request, given: read.given, entry };
}

async function preview(typed: string, asked: Asked, tools: Tools): Promise<Answer> {
  const { coalition, member, reader } = asked;
  const read = readFile(typed);
  if (!read.ok) return refused('measures.unreadable', say(reader, `file.${read.why}`, { most: mostFigures }));
  const lines: (FileLine & { entry?: Entry })[] = [];
  for (const figure of read.figures) lines.push(await lineOf(figure, asked, tools));
  const entries = lines.flatMap(({ entry }) => entry ?? []);
  const draft =
    entries.length === 0
      ? null
      : await tools.write((writing) => recordDraft(writing, coalition.id, member.id, [entries]));
  return shown(filePreviewCard({ lines, draft }, reader));
}

const importCommand = defineCommand({
  name: 'data import',
  answers: 'privately',
  by: 'member',
  options: { file: file({ max: mostLetters }) },
  run: ({ options, asked, tools }) => preview(options.file, asked, tools),
});

/** Everything that is open as a sheet: of one's own partner. */
const sheet = defineCommand({
  name: 'data sheet',
  answers: 'privately',
  by: 'member',
  async run({ asked, tools }) {
    const { coalition, member, reader, now } = asked;
    const { partner } = member;
    if (!partner) return refused('measures.no-partner', say(reader, 'mine.no-partner'));
    const open = (await listUnanswered(tools.database, coalition.id, partner.id))
      .filter((request) => isWanted(request, now))
      .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || byName(a, b));
    if (open.length === 0)
      return shown(card(paragraph(say(reader, 'mine.nothing', { partner: partner.name }))));
    const content = emptySheet(
      open.map(({ measure, period }) => ({ measure, period: period.key, partner: partner.name })),
    );
    const name = `figures-to-give-${localDate(now, coalition.timeZone)}.csv`;
    return shown(
      card(
        paragraph(say(reader, 'sheet.here', { count: open.length })),
        { part: 'file', name, mediaType: 'text/csv; charset=utf-8', content },
        note(say(reader, 'sheet.how')),
      ),
    );
  },
});

export const fileCommands = [importCommand, sheet];
