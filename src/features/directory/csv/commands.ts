import { shown } from '../../../core/answer.ts';
import { defineCommand } from '../../../core/command.ts';
import { file } from '../../../core/field.ts';
import { localDate } from '../../../time/wall-clock.ts';
import { preview } from './buttons.ts';
import { exportCard } from './cards.ts';
import { writeCsv } from './rules.ts';
import { listAllPartners } from './store.ts';

/** Letters in an upload: five thousand full partner cards fit several times over. */
const mostLetters = 10_000_000;

export const importCommand = defineCommand({
  name: 'partners import',
  answers: 'privately',
  by: 'backbone',
  options: { file: file({ max: mostLetters }) },
  run: ({ options, asked, tools }) => preview(options.file, asked, tools),
});

export const exportCommand = defineCommand({
  name: 'partners export',
  answers: 'privately',
  by: 'backbone',
  async run({ asked, tools }) {
    const { coalition, reader, now } = asked;
    const partners = await listAllPartners(tools.database, coalition.id);
    const date = localDate(now, coalition.timeZone);
    return shown(exportCard({ content: writeCsv(partners), total: partners.length, date }, reader));
  },
});
