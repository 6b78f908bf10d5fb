import { defineButton } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import { say } from '../words.ts';
import { addRulePress, dropRulePress } from './cards.ts';
import { addRuleForm, showRules } from './forms.ts';
import { closeRule, listRules } from './store.ts';

export const addRuleButton = defineButton({
  press: addRulePress,
  answers: 'with-form',
  by: 'backbone',
  async run({ payload, asked }) {
    return { answer: 'form', form: openForm(addRuleForm, say, asked.reader, payload) };
  },
});

export const dropRuleSelect = defineButton({
  press: dropRulePress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ picked, asked, tools }) {
    const { coalition, reader } = asked;
    const rules = await listRules(tools.database, coalition.id);
    const rule = rules.find(({ oneId, otherId }) => picked.includes(`${oneId} ${otherId}`));
    if (rule) await tools.write((writing) => closeRule(writing, coalition.id, rule.oneId, rule.otherId));
    return showRules(tools, coalition, reader);
  },
});
