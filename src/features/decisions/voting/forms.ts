import { type Answer, aside, mistaken, refused } from '../../../core/answer.ts';
import type { Asked } from '../../../core/asked.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineForm } from '../../../core/command.ts';
import { optional, paragraph as paragraphField, text } from '../../../core/field.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import { id, press, word } from '../../../core/press.ts';
import { instant, type Text } from '../../../core/text.ts';
import { type Coalition, type Member, speaksForPartner } from '../../../core/who.ts';
import { listBackbone, listVoices } from '../../../identity/store.ts';
import { closeKind } from '../closing/jobs.ts';
import type { Mark } from '../counting/ballots/rules.ts';
import { fits } from '../counting/rules.ts';
import { decisionView, mayShowTotals } from '../decision/cards.ts';
import { type Decision, type DecisionId, findTally } from '../decision/store.ts';
import { say } from '../words.ts';
import { ballotCard } from './cards.ts';
import { castAtOnce, findBooth, recordVote, type Vote, type Voted } from './casting/store.ts';
import { markOfWord, needsReason, parseMarks } from './rules.ts';
import { type CastBallot, listReminded, type Voice } from './store.ts';

const decision = id<DecisionId>();
export const longestReason = 500;
export type By = Asked & { coalition: Coalition; member: Member };

type Voting = { readonly decision: Decision; readonly voice: Voice; readonly ballot: CastBallot | null };

/** An open decision, the voice of whoever asks and what it says now; or what to tell them instead. */
export async function findVoting(tools: Tools, asked: By, decisionId: DecisionId): Promise<Voting | Answer> {
  const { coalition, member, reader, now } = asked;
  const found = await findBooth(tools.database, coalition.id, decisionId, {
    partnerId: member.partner?.id ?? null,
    memberId: member.id,
  });
  if (!found || found.decision.state === 'draft')
    return refused('decisions.gone', say(reader, 'refused.gone'));
  const { decision: of, voice, ballot } = found;
  if (of.state !== 'open' || of.closesAt <= now) return refused('decisions.late', lateWords(of, asked));
  const people = of.terms.voices === 'people';
  if (!voice)
    return refused('decisions.no-voice', say(reader, people ? 'refused.not-in' : 'refused.no-voice'));
  if (!people && !speaksForPartner(member)) {
    const speakers = await listVoices(tools.database, coalition.id, member.partner?.id as never);
    const names = speakers.map(({ name }) => name).join(', ');
    return refused('decisions.not-speaker', say(reader, 'refused.not-speaker', { voice: voice.name, names }));
  }
  return { decision: of, voice, ballot };
}

export function lateWords(of: Decision, { coalition, reader }: By): Text {
  const closed = instant(of.closedAt ?? of.closesAt, coalition.timeZone);
  return say(reader, 'refused.late', { number: of.number, closed });
}

/** Casts a ballot and shows it, or says why not. Everything that votes comes through here. */
export async function vote(
  tools: Tools,
  asked: By,
  decisionId: DecisionId,
  said: { mark: Mark; reason: string },
): Promise<Answer> {
  const found = await findVoting(tools, asked, decisionId);
  if ('answer' in found) return found;
  const { decision: of, voice } = found;
  const { coalition, member, reader } = asked;
  if (of.terms.anonymous) return refused('decisions.gone', say(reader, 'refused.gone'));
  if (!fits(said.mark, of.terms.rule, of.options.length))
    return refused('decisions.mark', say(reader, 'refused.mark', { options: of.options.length }));
  if (needsReason(said.mark, of.terms) && said.reason === '')
    return refused('decisions.reason', say(reader, 'refused.reason'));

  const reason = of.terms.reasons === 'off' && !needsReason(said.mark, of.terms) ? '' : said.reason;
  const voted = await cast(tools, found, asked, {
    mark: said.mark,
    reason,
    by: member.id,
    primary: member.standing === 'representative' || of.terms.voices === 'people',
    spoken: false,
  });
  switch (voted.voted) {
    case 'late':
      return refused('decisions.late', lateWords(of, asked));
    case 'moved':
      return refused('decisions.moved', say(reader, 'refused.moved'));
    case 'overruled': {
      const speakers = await listVoices(tools.database, coalition.id, member.partner?.id as never);
      const by = [...speakers, ...(await listBackbone(tools.database, coalition.id))];
      const name = by.find((each) => each.id === voted.by)?.name ?? say.plain(reader, 'somebody');
      return refused('decisions.overruled', say(reader, 'refused.overruled', { name, voice: voice.name }));
    }
    case 'again':
    case 'counted': {
      const tally =
        voted.voted === 'counted' ? voted.tally : await findTally(tools.database, coalition.id, of.id);
      return aside(ballotCard(of, voice, { mark: said.mark, reason }, { tally, coalition, reader }));
    }
    default:
      return voted satisfies never;
  }
}

/** In one statement where that is all there is to write, else in a transaction with what follows. */
async function cast(tools: Tools, found: Voting, { member }: By, vote: Vote): Promise<Voted> {
  const { decision: of, voice } = found;
  const shows = mayShowTotals(of, 'everybody');
  const redraw = shows || found.ballot === null;
  const scope = { now: tools.clock.now(), view: decisionView.id, redraw };
  // Words are a contact with the partner, which is written down with the vote.
  const atOnce = vote.reason === '' ? await castAtOnce(tools.database, found, vote, scope) : null;
  if (atOnce) {
    tools.wake(atOnce.lanes.map((id) => ({ wake: 'lane', id })));
    return atOnce.voted;
  }
  return tools.write(async (writing) => {
    const result = await recordVote(writing, of, voice, vote);
    if (result.voted === 'counted') {
      const { coalitionId, id } = of;
      if (vote.reason !== '')
        await tools.contacts.recordReply(writing, { coalitionId, member, subject: `decision:${id}` });
      const first = result.replaced === null;
      const { answered } = result.tally;
      await afterVote(writing, tools, of, voice, { answered, changed: shows || first, first });
    }
    return result;
  });
}

/** What follows a ballot of any kind: the card, the nudges that have become needless, and maybe the close. */
export async function afterVote(
  writing: Writing,
  tools: Tools,
  of: Decision,
  voice: Voice,
  { answered, changed, first }: { answered: number; changed: boolean; first: boolean },
): Promise<void> {
  const { coalitionId, id: subject } = of;
  if (changed) await tools.delivery.redraw(writing, { coalitionId, view: decisionView, subject });
  if (of.terms.nudges > 0 && first) {
    const members = await listReminded(writing.tx, coalitionId, voice);
    const subjectPrefix = `${of.id}:nudge#`;
    await tools.outreach.takeBack(writing, { coalitionId, from: 'decisions', subjectPrefix, members });
  }
  if (of.terms.closesEarly && answered === of.voices) {
    const timer = { coalitionId, kind: closeKind, subject, occurrence: 'everybody-answered' };
    await tools.timers.set(writing, { ...timer, dueAt: writing.now });
  }
}

const reasonField = paragraphField({ max: longestReason });

export const reasonForm = defineForm({
  press: press('decide.why', { decision, mark: word }),
  answers: 'privately',
  by: 'member',
  fields: { reason: reasonField },
  async submit({ payload, values, asked, tools }) {
    const mark = markOfWord(payload.mark);
    if (!mark) return refused('decisions.gone', say(asked.reader, 'refused.gone'));
    return vote(tools, asked, payload.decision, { mark, reason: values.reason });
  },
});

export const marksForm = defineForm({
  press: press('decide.ballot', { decision }),
  answers: 'privately',
  by: 'member',
  fields: { marks: text({ max: 200 }), reason: optional(reasonField) },
  async submit({ payload, values, asked, tools }) {
    const found = await findVoting(tools, asked, payload.decision);
    if ('answer' in found) return found;
    const { terms, options } = found.decision;
    const mark = parseMarks(values.marks, terms.rule, options.length);
    if (!mark || !fits(mark, terms.rule, options.length))
      return mistaken(say(asked.reader, 'refused.mark', { options: options.length }));
    return vote(tools, asked, payload.decision, { mark, reason: values.reason ?? '' });
  },
});

export const nothingCast = (asked: By, of: Decision): Answer =>
  aside(card(paragraph(say(asked.reader, 'voted.not-yet', { number: of.number }))));
