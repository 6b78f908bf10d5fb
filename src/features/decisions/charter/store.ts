import { type Answer, refused } from '../../../core/answer.ts';
import type { Asked } from '../../../core/asked.ts';
import type { Tools } from '../../../core/ports.ts';
import { type Coalition, type Member, speaksForPartner } from '../../../core/who.ts';
import { findBook } from '../register/store.ts';
import type { Rule } from '../terms/rules.ts';
import { say } from '../words.ts';

/** Whether the charter lets this member open a decision by this rule; null when it does. */
export async function mayOpen(
  tools: Tools,
  asked: Asked & { coalition: Coalition; member: Member },
  rule: Rule | null,
): Promise<Answer | null> {
  const { coalition, member, reader } = asked;
  const { charter } = await findBook(tools.database, coalition.id);
  const staff = member.standing === 'backbone';
  if (!staff && !(charter.mayOpen === 'voices' && speaksForPartner(member)))
    return refused(
      'decisions.may-not-open',
      say(reader, 'refused.may-not-open', { opener: charter.mayOpen }),
    );
  if (rule && !charter.rules.includes(rule.rule)) {
    const rules = charter.rules.map((each) => say.plain(reader, `rule-name.${each}`)).join(', ');
    return refused('decisions.rule-not-in-charter', say(reader, 'refused.rule', { rules }));
  }
  return null;
}
