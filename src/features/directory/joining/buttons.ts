import { type Answer, refused } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { defineButton } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import type { Tools } from '../../../core/ports.ts';
import { say } from '../words.ts';
import { joinAgainPress, joinNewPress, joinTheirsPress } from './cards.ts';
import { join, joinForm, whoIs } from './forms.ts';
import { findJoinDraft, type JoinDraft, type JoinDraftId } from './store.ts';

export const joinTheirs = defineButton({
  press: joinTheirsPress,
  answers: 'by-updating',
  by: 'visitor',
  run: ({ payload, asked, tools }) =>
    withDraft(payload.draft, asked, tools, (draft) => join(draft, { id: payload.partner }, asked, tools)),
});

export const joinNew = defineButton({
  press: joinNewPress,
  answers: 'by-updating',
  by: 'visitor',
  run: ({ payload, asked, tools }) =>
    withDraft(payload.draft, asked, tools, (draft) =>
      join(draft, { name: draft.organisation }, asked, tools),
    ),
});

export const joinAgain = defineButton({
  press: joinAgainPress,
  answers: 'with-form',
  by: 'visitor',
  run: ({ payload, asked, tools }) =>
    withDraft(payload.draft, asked, tools, async ({ organisation, standing, timeZone, languages }) => {
      const initial = { organisation, standing, zone: timeZone, languages };
      return { answer: 'form', form: openForm(joinForm, say, asked.reader, {}, initial) };
    }),
});

async function withDraft(
  id: JoinDraftId,
  asked: AskedBy<'visitor'>,
  tools: Tools,
  run: (draft: JoinDraft) => Promise<Answer>,
): Promise<Answer> {
  const draft = await findJoinDraft(tools.database, whoIs(asked), id);
  return draft ? run(draft) : refused('directory.no-draft', say(asked.reader, 'join.no-draft'));
}
