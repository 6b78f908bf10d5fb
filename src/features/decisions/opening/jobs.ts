import type { Answer } from '../../../core/answer.ts';
import type { Asked } from '../../../core/asked.ts';
import type { PlaceId } from '../../../core/ids.ts';
import { shortened } from '../../../core/plain-text.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import type { Coalition, Member } from '../../../core/who.ts';
import { mayOpen } from '../charter/store.ts';
import { setClose } from '../closing/jobs.ts';
import { decisionView, drawDecision } from '../decision/cards.ts';
import { type Decision, findDecision, findTally, openDraft } from '../decision/store.ts';
import { setNudges } from '../nudging/jobs.ts';
import { presetRule, usualTerms } from '../terms/rules.ts';
import { say } from '../words.ts';
import { longestBackground, longestQuestion } from './rules.ts';
import { openDecision } from './store.ts';

/** Opens a draft: from here on it is voted on, in its channel too. Null when it is no draft any more. */
export async function openNow(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  draft: Decision,
): Promise<Decision | null> {
  if ((await openDecision(writing, coalition, draft)) === null) return null;
  const decision = await findDecision(writing.tx, coalition.id, draft.id);
  if (!decision) return null;
  await setClose(writing, tools, decision);
  await setNudges(writing, tools, decision, writing.now, 'opening');
  if (decision.revisesId) {
    const task = { kind: 'decisions.review', subject: decision.revisesId };
    await tools.staffTasks.close(writing, { coalitionId: coalition.id, ...task });
  }
  if (decision.placeId) {
    const tally = await findTally(writing.tx, coalition.id, decision.id);
    await tools.delivery.post(writing, {
      coalitionId: coalition.id,
      to: { place: decision.placeId },
      why: say(coalition, 'why.opened'),
      expires: decision.closesAt,
      key: `decision:${decision.id}:${decision.placeId}`,
      card: drawDecision(decision, tally, coalition, coalition),
      live: { view: decisionView, subject: decision.id },
    });
  }
  return decision;
}

/** The rule by which a question goes to everybody that another feature could not settle. */
const rule = (by: Member) => presetRule('majority', { id: by.id, name: by.name });

/** Whether the charter lets this member put a question to everybody; null when it does. */
export function mayPutToAll(
  tools: Tools,
  asked: Asked & { coalition: Coalition; member: Member },
): Promise<Answer | null> {
  return mayOpen(tools, asked, rule(asked.member));
}

const dayMs = 86_400_000;

/** Puts a question to everybody at once, by a plain majority. Gives its number. */
export async function putToAll(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  by: Member,
  of: { question: string; background: string; placeId: PlaceId | null; days: number },
): Promise<number | null> {
  const isLong = of.question.length > longestQuestion;
  const question = shortened(of.question, longestQuestion);
  const background = shortened(
    [...(isLong ? [of.question] : []), of.background].join('\n'),
    longestBackground,
  );
  const draft = await openDraft(writing, coalition.id, by.id, {
    ...{ question, background, options: [], placeId: of.placeId },
    terms: usualTerms(rule(by)),
    closesAt: new Date(writing.now.getTime() + of.days * dayMs),
  });
  const decision = draft && (await openNow(writing, tools, coalition, draft));
  return decision?.number ?? null;
}
