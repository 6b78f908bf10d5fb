import { secretly, shown } from '../../../core/answer.ts';
import { card, heading } from '../../../core/card.ts';
import { defineCommand } from '../../../core/command.ts';
import { choice, optional, text } from '../../../core/field.ts';
import { say } from '../words.ts';
import { exportParts, tokenCard, tokensCard } from './cards.ts';
import { exportMeasures, makeExport, mostAtAnswer } from './jobs.ts';
import { makeToken } from './rules.ts';
import { countRequests, listTokens, newTokenId, recordToken } from './store.ts';

const exportCommand = defineCommand({
  name: 'data export',
  answers: 'privately',
  by: 'backbone',
  options: { format: optional(choice(['csv', 'json'], 'format')) },
  async run({ options, asked, tools }) {
    const { coalition, member, reader, now } = asked;
    const format = options.format ?? 'csv';
    if ((await countRequests(tools.database, coalition.id)) > mostAtAnswer) {
      const work = { coalition, member, kind: exportMeasures.kind, input: { format } };
      const started = await tools.write((writing) => tools.longWork.start(writing, work));
      const title = heading(say.plain(reader, 'export.started'));
      return shown(card(title, ...tools.longWork.where(started, reader)));
    }
    const of = { coalitionId: coalition.id, timeZone: coalition.timeZone, format, now };
    return shown(card(...exportParts(await makeExport(tools.database, of), reader)));
  },
});

const token = defineCommand({
  name: 'data token',
  answers: 'privately',
  by: 'backbone',
  options: {
    name: text({ max: 60 }),
    scope: optional(choice(['totals', 'everything'], 'token-scope')),
  },
  async run({ options: { name, scope = 'totals' }, asked, tools }) {
    const { coalition, member, reader } = asked;
    const id = newTokenId();
    const made = makeToken(id);
    const of = { id, name, hash: made.hash, scope, madeById: member.id };
    await tools.write((writing) => recordToken(writing, coalition.id, of));
    return secretly(tokenCard({ token: made.token, name, scope }, reader));
  },
});

const tokens = defineCommand({
  name: 'data tokens',
  answers: 'privately',
  by: 'backbone',
  async run({ asked: { coalition, reader }, tools }) {
    const all = await listTokens(tools.database, coalition.id);
    return shown(tokensCard(all, coalition.timeZone, reader));
  },
});

export const exportCommands = [exportCommand, token, tokens];
