import { drawBars } from '../../../charts/bars.ts';
import { imagePart } from '../../../charts/picture.ts';
import type { Part } from '../../../core/card.ts';
import type { TimedJob } from '../../../core/command.ts';
import type { PlaceId } from '../../../core/ids.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import type { Reader } from '../../../core/reader.ts';
import type { Text } from '../../../core/text.ts';
import { instant } from '../../../core/text.ts';
import type { Coalition } from '../../../core/who.ts';
import { quorumState } from '../counting/quorum/rules.ts';
import { decisionView, keyLabel } from '../decision/cards.ts';
import { type Decision, type DecisionId, findDecision, listPlacesOf, type Tally } from '../decision/store.ts';
import { cancelNudges, setNudges } from '../nudging/jobs.ts';
import { setReview } from '../outcome/jobs.ts';
import { listReasons, recordCharter, recordEntry } from '../register/store.ts';
import { wordOfMark } from '../voting/rules.ts';
import { listBallots } from '../voting/store.ts';
import { say } from '../words.ts';
import { extensionCard, outcomeBars, outcomeCard, type ShownReason } from './cards.ts';
import { type ClosedBy, extendedUntil } from './rules.ts';
import { gatherBallots, lockOpenTally, recordClosing, recordExtension } from './store.ts';

export const closeKind = 'decisions.close';

/** The close at the deadline, or at once when everybody has answered and the terms say so. */
export const close: TimedJob = {
  kind: closeKind,
  async run({ writing, coalition, subject, occurrence, tools }) {
    const decision = await findDecision(writing.tx, coalition.id, subject as DecisionId);
    if (decision?.state !== 'open') return;
    const by = occurrence === 'everybody-answered' ? 'everybody-answered' : 'deadline';
    await closeDecision(writing, coalition, decision, { by, why: '' }, tools);
  },
};

export async function setClose(writing: Writing, tools: Tools, decision: Decision): Promise<void> {
  const { coalitionId, id: subject, closesAt: dueAt } = decision;
  // One timer for the deadline: an extension moves it under a new occurrence and takes the old one back.
  const occurrence = dueAt.toISOString();
  await tools.timers.set(writing, { coalitionId, kind: closeKind, subject, occurrence, dueAt });
}

/**
 * Closes a decision once, whoever comes first: the tally's row is locked, looked at, and closed in the same
 * transaction as the outcome. False when there was nothing to close.
 */
export async function closeDecision(
  writing: Writing,
  coalition: Coalition,
  decision: Decision,
  how: { by: ClosedBy; why: string },
  tools: Tools,
): Promise<boolean> {
  const tally = await lockOpenTally(writing, decision);
  if (!tally) return false;
  // Read again under the lock: an extension may have come in between.
  const current = await findDecision(writing.tx, coalition.id, decision.id);
  if (current?.state !== 'open') return false;
  if (how.by === 'deadline' && tally.closesAt > writing.now) return false;
  if (how.by === 'everybody-answered' && tally.answered < current.voices) return false;

  const until = how.by === 'deadline' ? extendedUntil(current.terms, current, writing.now) : null;
  if (until && !isQuorate(current, tally)) {
    await extend(writing, coalition, current, until, tools);
    return true;
  }
  const gathered = await gatherBallots(writing, current, tally, how.by);
  const { reviewDays } = current.terms;
  const reviewAt = reviewDays > 0 ? new Date(writing.now.getTime() + reviewDays * 86_400_000) : null;
  const hash = await recordClosing(writing, current, { ...gathered, why: how.why, reviewAt });
  const closed = await findDecision(writing.tx, coalition.id, current.id);
  if (!closed) return false;
  await announce(writing, coalition, closed, hash, tools);
  await afterwards(writing, coalition, closed, tools);
  return true;
}

function isQuorate({ terms, voices, sectors }: Decision, tally: Tally): boolean {
  return quorumState(terms.quorum, {
    voices,
    answered: tally.answered,
    abstained: tally.abstained,
    sectors: sectors.map((each, index) => ({
      ...each,
      answered: tally.sectorAnswered[index] ?? 0,
      abstained: tally.sectorAbstained[index] ?? 0,
    })),
  }).reached;
}

/** The one extension: later, on the record with both times, and with its own nudges for those still silent. */
async function extend(
  writing: Writing,
  coalition: Coalition,
  decision: Decision,
  until: Date,
  tools: Tools,
): Promise<void> {
  await recordExtension(writing, decision, until);
  const moved = { ...decision, closesAt: until, extendedFrom: decision.closesAt };
  await setClose(writing, tools, moved);
  await cancelNudges(writing, tools, moved);
  await setNudges(writing, tools, moved, writing.now, 'extension');
  await tools.delivery.redraw(writing, {
    coalitionId: coalition.id,
    view: decisionView,
    subject: decision.id,
  });
  const reader = readerOf(coalition);
  const times = {
    from: instant(decision.closesAt, coalition.timeZone),
    until: instant(until, coalition.timeZone),
  };
  await postWhereItStands(writing, tools, moved, `decision:${decision.id}:extended`, {
    why: say(coalition, 'why.extended'),
    expires: until,
    draw: () => extensionCard(moved, say(reader, 'extended', times), reader),
  });
}

async function announce(
  writing: Writing,
  coalition: Coalition,
  decision: Decision,
  hash: string,
  tools: Tools,
): Promise<void> {
  const reader = readerOf(coalition);
  await cancelNudges(writing, tools, decision);
  await tools.outreach.takeBack(writing, {
    coalitionId: coalition.id,
    from: 'decisions',
    subjectPrefix: `${decision.id}:nudge#`,
  });
  await tools.timers.cancel(writing, { coalitionId: coalition.id, kind: closeKind, subject: decision.id });
  await tools.delivery.redraw(writing, {
    coalitionId: coalition.id,
    view: decisionView,
    subject: decision.id,
  });
  const reasons = await listShownReasons(writing, decision, reader);
  const chart = await drawResult(decision, reader, tools);
  await postWhereItStands(writing, tools, decision, `decision:${decision.id}:outcome`, {
    why: say(coalition, 'why.outcome'),
    draw: () => outcomeCard(decision, { hash, reasons, chart }, coalition, reader),
  });
}

/** The result as a picture. A picture that fails must not keep a decision open: the card says all of it anyway. */
async function drawResult(decision: Decision, reader: Reader, { log }: Tools): Promise<Part | null> {
  const bars = outcomeBars(decision, reader);
  try {
    return bars && imagePart(await drawBars(bars, reader));
  } catch (error) {
    log.error({ error: error instanceof Error ? error : new Error(String(error)) }, 'chart.failed');
    return null;
  }
}

/** What follows from an outcome: a new charter, a review, work for staff or for whoever decides on advice. */
async function afterwards(
  writing: Writing,
  coalition: Coalition,
  decision: Decision,
  tools: Tools,
): Promise<void> {
  const { result, number } = decision;
  if (decision.charter && result?.ending === 'passed') {
    await recordCharter(writing, coalition.id, { charter: decision.charter, by: number });
    await recordEntry(writing, coalition.id, {
      decisionId: decision.id,
      kind: 'charter',
      body: { decision: number, charter: decision.charter },
    });
  }
  const ended = { id: decision.id, number, passed: result?.ending === 'passed' };
  for (const { adds } of tools.features()) {
    await adds.decided?.({ coalition, writing, tools, decision: ended });
  }
  if (decision.reviewAt) await setReview(writing, tools, decision, decision.reviewAt);
  const task = result?.ending === 'not-quorate' ? 'not-quorate' : result?.ending === 'heard' ? 'heard' : null;
  if (task === null || (task === 'heard' && decision.terms.rule.rule !== 'advice')) return;
  const decider = decision.terms.rule.rule === 'advice' ? decision.terms.rule.deciderName : '';
  await tools.staffTasks.open(writing, {
    coalitionId: coalition.id,
    kind: `decisions.${task}`,
    subject: decision.id,
    text: say(readerOf(coalition), `task.${task}`, { number, question: decision.question, decider }),
  });
}

async function listShownReasons(
  writing: Writing,
  decision: Decision,
  reader: Reader,
): Promise<ShownReason[]> {
  if (decision.terms.anonymous) {
    const kept = await listReasons(writing.tx, decision.coalitionId, decision.id);
    return kept.map(({ text }) => ({ label: null, text }));
  }
  const ballots = await listBallots(writing.tx, decision);
  return groupedReasons(
    ballots.map(({ voice, ballot }) => ({
      name: voice.name,
      key: wordOfMark(ballot.mark) ?? '',
      text: ballot.reason,
    })),
    decision,
    reader,
  );
}

/** Reasons in the order of the answers on the card, each with who gave it. */
export function groupedReasons(
  all: readonly { name: string; key: string; text: string }[],
  decision: Decision,
  reader: Reader,
): ShownReason[] {
  return all
    .filter(({ text }) => text !== '')
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ name, key, text }) => ({
      label: key === '' ? name : `${keyLabel(key, decision, reader)} · ${name}`,
      text,
    }));
}

async function postWhereItStands(
  writing: Writing,
  tools: Tools,
  decision: Decision,
  key: string,
  about: { why: Text; expires?: Date; draw: () => ReturnType<typeof outcomeCard> },
): Promise<void> {
  const { draw, ...rest } = about;
  for (const place of await listPlacesOf(writing, decision.coalitionId, decisionView.id, decision.id)) {
    await tools.delivery.post(writing, {
      coalitionId: decision.coalitionId,
      to: { place: place as PlaceId },
      key: `${key}:${place}`,
      ...rest,
      card: draw(),
    });
  }
}

const readerOf = ({ language, timeZone }: Coalition): Reader => ({ language, timeZone });
