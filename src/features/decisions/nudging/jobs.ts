import { card, heading, note, paragraph, buttons as row } from '../../../core/card.ts';
import type { TimedJob } from '../../../core/command.ts';
import type { MemberId, PartnerId } from '../../../core/ids.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import { instant } from '../../../core/text.ts';
import type { Coalition, Member } from '../../../core/who.ts';
import { findMember, listVoices } from '../../../identity/store.ts';
import { nudgeTimes } from '../../../time/nudge-times.ts';
import { quorumState } from '../counting/quorum/rules.ts';
import { titleOf, voteButtons } from '../decision/cards.ts';
import { type Decision, type DecisionId, findDecision, findTally } from '../decision/store.ts';
import { ruleSentence } from '../terms/cards.ts';
import { listSilent, type Voice } from '../voting/store.ts';
import { say } from '../words.ts';
import { tippingFirst } from './rules.ts';

const nudgeKind = 'decisions.nudge';

/** Plans the nudges of one round: from opening, or from an extension. */
export async function setNudges(
  writing: Writing,
  tools: Tools,
  decision: Decision,
  from: Date,
  round: 'opening' | 'extension',
): Promise<void> {
  const { coalitionId, id: subject, closesAt, terms } = decision;
  const times = nudgeTimes(from, closesAt, terms.nudges);
  for (const [index, dueAt] of times.entries()) {
    const last = index === times.length - 1 ? '-last' : '';
    const occurrence = `${round}-${index + 1}${last}`;
    await tools.timers.set(writing, { coalitionId, kind: nudgeKind, subject, occurrence, dueAt });
  }
}

export async function cancelNudges(writing: Writing, tools: Tools, decision: Decision): Promise<void> {
  const { coalitionId, id: subject } = decision;
  await tools.timers.cancel(writing, { coalitionId, kind: nudgeKind, subject });
}

/** Asks those who have not answered, whoever would tip the quorum first; alternates only the last time. */
export const nudge: TimedJob = {
  kind: nudgeKind,
  async run({ writing, coalition, subject, occurrence, tools }) {
    const decision = await findDecision(writing.tx, coalition.id, subject as DecisionId);
    const tally = decision && (await findTally(writing.tx, coalition.id, decision.id));
    if (decision?.state !== 'open' || !tally || decision.closesAt <= writing.now) return;
    const { sectors, voices, terms } = decision;
    const { shortSectors } = quorumState(terms.quorum, {
      voices,
      answered: tally.answered,
      abstained: tally.abstained,
      sectors: sectors.map((each, index) => ({
        ...each,
        answered: tally.sectorAnswered[index] ?? 0,
        abstained: tally.sectorAbstained[index] ?? 0,
      })),
    });
    const last = occurrence.endsWith('-last');
    for (const voice of tippingFirst(await listSilent(writing.tx, decision), shortSectors)) {
      for (const member of await listSpeakers(writing, coalition, voice, last)) {
        await nudgeOne(writing, tools, coalition, decision, member, occurrence);
      }
    }
  },
};

/** One person is asked for a voice that has not answered. @param which reminder of this ask it is */
export async function nudgeOne(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  decision: Decision,
  member: Member,
  which: string,
): Promise<void> {
  await tools.outreach.reach(writing, {
    coalition,
    member: member.id,
    kind: 'ask',
    from: 'decisions',
    subject: `${decision.id}:nudge#${which}`,
    matters: 'much',
    why: say(coalition, 'why.nudge'),
    card: nudgeCard(decision, member, coalition),
    expires: decision.closesAt,
  });
}

/** Everybody who may speak for a voice, or only the one whose word stands first. */
async function listSpeakers(
  { tx }: Writing,
  coalition: Coalition,
  voice: Voice,
  all: boolean,
): Promise<Member[]> {
  if (voice.memberId) {
    const member = await findMember(tx, coalition.id, voice.memberId as MemberId);
    return member ? [member] : [];
  }
  if (!voice.partnerId) return [];
  const speakers = await listVoices(tx, coalition.id, voice.partnerId as PartnerId);
  return all ? speakers : speakers.slice(0, 1);
}

function nudgeCard(decision: Decision, member: Member, coalition: Coalition) {
  const who = decision.terms.voices === 'people' ? member.name : (member.partner?.name ?? member.name);
  return card(
    heading(titleOf(decision, member)),
    paragraph(say(member, 'nudge', { who, closes: instant(decision.closesAt, coalition.timeZone) })),
    note(say(member, 'card.rule', { rule: ruleSentence(decision.terms.rule, member) })),
    row(...voteButtons(decision, member)),
  );
}
