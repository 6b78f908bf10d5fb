import { shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import type { Card } from '../../../core/card.ts';
import { defineCommand } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import type { Tools } from '../../../core/ports.ts';
import { say } from '../words.ts';
import { measuresCard } from './cards.ts';
import { measureField } from './fields.ts';
import { newForm, showMeasure } from './forms.ts';
import { listMeasures } from './store.ts';

export async function listFor(
  { coalition, member, reader }: AskedBy<'member'>,
  tools: Tools,
  page: number,
): Promise<Card> {
  const staff = member.standing === 'backbone';
  const measures = await listMeasures(tools.database, coalition.id, { withDrafts: staff });
  return measuresCard(reader, { measures, page, staff });
}

const create = defineCommand({
  name: 'data measure',
  answers: 'with-form',
  by: 'backbone',
  run: async ({ asked }) => ({ answer: 'form', form: openForm(newForm, say, asked.reader, {}) }),
});

const list = defineCommand({
  name: 'data list',
  answers: 'privately',
  by: 'member',
  run: async ({ asked, tools }) => shown(await listFor(asked, tools, 0)),
});

const describe = defineCommand({
  name: 'data describe',
  answers: 'privately',
  by: 'member',
  options: { measure: measureField() },
  run: ({ options, asked, tools }) => showMeasure(asked, tools, options.measure.id),
});

export const definitionCommands = [create, list, describe];
