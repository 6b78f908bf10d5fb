import { type Answer, refused, shown } from '../../../core/answer.ts';
import { defineForm } from '../../../core/command.ts';
import type { Tools } from '../../../core/ports.ts';
import type { Reader } from '../../../core/reader.ts';
import type { Coalition } from '../../../core/who.ts';
import { partnerField } from '../../directory/feature.ts';
import { say } from '../words.ts';
import { ruleForm, rulesCard } from './cards.ts';
import { listPartnerNames, listRules, recordRule } from './store.ts';

export async function showRules(tools: Tools, coalition: Coalition, reader: Reader): Promise<Answer> {
  const rules = await listRules(tools.database, coalition.id);
  const ids = rules.flatMap(({ oneId, otherId }) => [oneId, otherId]);
  const names = await listPartnerNames(tools.database, coalition.id, ids);
  const listed = rules.map(({ kind, oneId, otherId, done }) => ({
    key: `${oneId} ${otherId}`,
    kind,
    one: names.get(oneId) ?? '',
    other: names.get(otherId) ?? '',
    done,
  }));
  return shown(rulesCard(reader, listed));
}

export const addRuleForm = defineForm({
  press: ruleForm,
  answers: 'privately',
  by: 'backbone',
  fields: { one: partnerField(), other: partnerField() },
  async submit({ payload, values, asked, tools }) {
    const { coalition, reader } = asked;
    const { one, other } = values;
    if (one.id === other.id) return refused('introductions.same-partner', say(reader, 'rules.same'));
    await tools.write((writing) => recordRule(writing, coalition.id, payload.kind, one.id, other.id));
    return showRules(tools, coalition, reader);
  },
});
