import { type Answer, refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { defineCommand } from '../../../core/command.ts';
import { paragraph } from '../../../core/field.ts';
import { openForm } from '../../../core/open-form.ts';
import type { Tools } from '../../../core/ports.ts';
import { countToAsk } from '../signing/store.ts';
import { say } from '../words.ts';
import { adoptCard, draftCard } from './cards.ts';
import { addComment, textForm } from './forms.ts';
import { missingSections } from './rules.ts';
import { findDraft, findStart, listComments } from './store.ts';

/** Begins a draft, or shows the one there is. */
export const draft = defineCommand({
  name: 'agreement draft',
  answers: 'with-form',
  by: 'backbone',
  run: ({ asked, tools }) => openText(asked, tools),
});

export async function openText({ coalition, reader }: AskedBy<'backbone'>, tools: Tools): Promise<Answer> {
  const { time, duration, gives, gets, changes } = await findStart(tools.database, coalition.id);
  const initial = { time, duration, gives, gets, changes };
  return { answer: 'form', form: openForm(textForm, say, reader, {}, initial) };
}

export const review = defineCommand({
  name: 'agreement review',
  answers: 'privately',
  by: 'member',
  run: ({ asked, tools }) => showDraft(asked, tools),
});

export async function showDraft(asked: AskedBy<'member'>, tools: Tools): Promise<Answer> {
  const { coalition, member, reader } = asked;
  const found = await findDraft(tools.database, coalition.id);
  if (!found) return refused('agreement.no-draft', say(reader, 'draft.none'));
  const { total } = await listComments(tools.database, coalition.id, found.id, { skip: 0, take: 0 });
  return shown(draftCard(reader, { draft: found, comments: total, staff: member.standing === 'backbone' }));
}

export const comment = defineCommand({
  name: 'agreement comment',
  answers: 'privately',
  by: 'member',
  options: { text: paragraph({ max: 800 }) },
  run: ({ options, asked, tools }) => addComment(asked, tools, options.text),
});

/** Shows what adopting the draft would do; the button there does it. */
export const adopt = defineCommand({
  name: 'agreement adopt',
  answers: 'privately',
  by: 'backbone',
  async run({ asked, tools }) {
    const { coalition, reader } = asked;
    const found = await findDraft(tools.database, coalition.id);
    if (!found) return refused('agreement.no-draft', say(reader, 'draft.none'));
    const missing = missingSections(found);
    if (missing.length > 0) {
      const sections = missing.map((name) => say.plain(reader, `section.${name}`)).join(', ');
      return refused('agreement.incomplete', say(reader, 'adopt.incomplete', { sections }));
    }
    return shown(adoptCard(reader, { draft: found, ...(await countToAsk(tools.database, coalition.id)) }));
  },
});

export const versionCommands = [draft, review, comment, adopt];
