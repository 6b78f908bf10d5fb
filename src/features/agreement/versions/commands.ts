import { type Answer, refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { defineCommand } from '../../../core/command.ts';
import { paragraph } from '../../../core/field.ts';
import { openForm } from '../../../core/open-form.ts';
import type { Tools } from '../../../core/ports.ts';
import type { Reader } from '../../../core/reader.ts';
import type { Text } from '../../../core/text.ts';
import { countToAsk } from '../signing/store.ts';
import { say } from '../words.ts';
import { adoptCard } from './cards.ts';
import { addComment, answerDraft, textForm } from './forms.ts';
import { missingSections, type SectionName } from './rules.ts';
import { findDraft, findStart, isBeingDecided } from './store.ts';

/** Begins a draft, or shows the one there is. */
const draft = defineCommand({
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

const review = defineCommand({
  name: 'agreement review',
  answers: 'privately',
  by: 'member',
  run: ({ asked, tools }) => showDraft(asked, tools),
});

export async function showDraft(asked: AskedBy<'member'>, tools: Tools): Promise<Answer> {
  const { coalition, reader } = asked;
  const found = await findDraft(tools.database, coalition.id);
  if (!found) return refused('agreement.no-draft', say(reader, 'draft.none'));
  return answerDraft(asked, tools, found);
}

const comment = defineCommand({
  name: 'agreement comment',
  answers: 'privately',
  by: 'member',
  options: { text: paragraph({ max: 800 }) },
  run: ({ options, asked, tools }) => addComment(asked, tools, options.text),
});

/** Shows what adopting the draft would do; the button there does it. */
const adopt = defineCommand({
  name: 'agreement adopt',
  answers: 'privately',
  by: 'backbone',
  async run({ asked, tools }) {
    const { coalition, reader } = asked;
    const found = await findDraft(tools.database, coalition.id);
    if (!found) return refused('agreement.no-draft', say(reader, 'draft.none'));
    if (await isBeingDecided(tools.database, coalition.id, found))
      return refused('agreement.being-decided', say(reader, 'asked.held'));
    const missing = missingSections(found);
    if (missing.length > 0) return refused('agreement.incomplete', sayMissing(reader, missing));
    return shown(adoptCard(reader, { draft: found, ...(await countToAsk(tools.database, coalition.id)) }));
  },
});

export function sayMissing(reader: Reader, missing: readonly SectionName[]): Text {
  const sections = missing.map((name) => say.plain(reader, `section.${name}`)).join(', ');
  return say(reader, 'adopt.incomplete', { sections });
}

export const versionCommands = [draft, review, comment, adopt];
