import type { TimedJob } from '../../../core/command.ts';
import { findMember } from '../../../identity/store.ts';
import { localDate } from '../../../time/wall-clock.ts';
import type { TermId } from '../catalogue/rules.ts';
import { doSeatAct, termKind } from '../seats/jobs.ts';
import { say } from '../words.ts';
import { termCard, termOverCard } from './cards.ts';
import { readOccurrence, stepOn } from './rules.ts';
import { findTerm } from './store.ts';

/** Asks the holder before and at the end of a term; frees the seat when nobody answered for a week after it. */
const termDue: TimedJob = {
  kind: termKind,
  async run({ writing, coalition, subject, occurrence, tools }) {
    const due = readOccurrence(occurrence);
    const term = await findTerm(writing.tx, coalition.id, subject as TermId);
    // Renewed, ended or without an end by now: this end means nothing any more.
    if (!due || !term || term.endsOn !== due.endsOn) return;
    if (due.step !== stepOn(due.endsOn, localDate(writing.now, coalition.timeZone))) return;
    const { role, partnerId } = term;
    if (due.step === 'over') {
      await doSeatAct(writing, tools, coalition, role.id, { act: 'end-term', partner: partnerId });
    }
    const reader = term.memberId && (await findMember(writing.tx, coalition.id, term.memberId));
    if (!reader) return;
    const facts = { role: role.id, title: role.title, endsOn: due.endsOn };
    await tools.outreach.reach(writing, {
      coalition,
      member: reader.id,
      kind: due.step === 'over' ? 'neutral' : 'ask',
      from: 'roles',
      subject: `term:${term.id}:${occurrence}`,
      why: say(coalition, 'why.term'),
      card:
        due.step === 'over'
          ? termOverCard(reader, facts)
          : termCard(reader, { ...facts, term: term.id, step: due.step }),
    });
  },
};

export const termJobs = [termDue];
