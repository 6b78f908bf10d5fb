import { refused, shown } from '../../../core/answer.ts';
import { defineButton } from '../../../core/command.ts';
import { takeFigures } from '../submitting/jobs.ts';
import { claimDraft, findDraft } from '../submitting/store.ts';
import { say } from '../words.ts';
import { fileConfirmPress, fileTakenCard } from './cards.ts';

/** Up to three hundred figures, each with what its reminders and asks need. */
const mayTakeMs = 120_000;

const confirm = defineButton({
  press: fileConfirmPress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const { coalition, member, reader } = asked;
    const draft = await findDraft(tools.database, coalition.id, member.id, payload.draft);
    const [entries] = draft?.readings ?? [];
    if (!entries) return refused('measures.no-draft', say(reader, 'refused.no-draft'));
    const taken = await tools.write(async (writing) => {
      if (!(await claimDraft(writing, coalition.id, payload.draft))) return null;
      return takeFigures(writing, tools, coalition, member, entries);
    }, mayTakeMs);
    if (!taken) return refused('measures.given-before', say(reader, 'refused.given-before'));
    const count = (...became: string[]) => taken.filter((each) => became.includes(each.became)).length;
    const counts = { taken: count('taken'), meanwhile: count('meanwhile') };
    return shown(fileTakenCard({ ...counts, locked: count('locked', 'gone', 'not-yours') }, reader));
  },
});

export const fileButtons = [confirm];
