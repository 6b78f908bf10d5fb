import { shown } from '../../../core/answer.ts';
import { card } from '../../../core/card.ts';
import { defineCommand } from '../../../core/command.ts';
import { file } from '../../../core/field.ts';
import { localDate } from '../../../time/wall-clock.ts';
import { preview } from './buttons.ts';
import { exportParts, startedCard } from './cards.ts';
import { exportOf, exportPartners, mostAtAnswer } from './jobs.ts';
import { countPartners, listPartnersAfter } from './store.ts';

/** Letters in an upload: five hundred for each of the most rows there may be; a usual row has two hundred. */
const mostLetters = 5_000_000;

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
    const { coalition, member, reader, now } = asked;
    const { database } = tools;
    if ((await countPartners(database, coalition.id)) > mostAtAnswer) {
      const work = { coalition, member, kind: exportPartners.kind, input: {} };
      const started = await tools.write((writing) => tools.longWork.start(writing, work));
      return shown(startedCard('export', tools.longWork.where(started, reader), reader));
    }
    const partners = await listPartnersAfter(database, coalition.id, null, mostAtAnswer);
    const date = localDate(now, coalition.timeZone);
    return shown(card(...exportParts(exportOf(partners, date), reader)));
  },
});
