import { shown } from '../../../core/answer.ts';
import { defineCommand } from '../../../core/command.ts';
import { asksCard, asksShown } from './cards.ts';
import { listAsks } from './store.ts';

const asks = defineCommand({
  name: 'data asks',
  answers: 'privately',
  by: 'backbone',
  run: async ({ asked, tools }) =>
    shown(asksCard(await listAsks(tools.database, asked.coalition.id, { take: asksShown }), asked.reader)),
});

export const askCommands = [asks];
