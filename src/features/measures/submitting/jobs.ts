import type { MemberId, PartnerId } from '../../../core/ids.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import type { Coalition, Member } from '../../../core/who.ts';
import { stopReminding } from '../reminding/jobs.ts';
import { isWanted, mayGive, type RequestId } from '../requests/rules.ts';
import { listUnanswered, lockRequests, type Request } from '../requests/store.ts';
import { type Entry, holdsWords, mayAnswer } from './rules.ts';
import { findNamed, recordSubmission, settleAsks } from './store.ts';

export type Taken = {
  readonly entry: Entry;
  readonly request: Request | null;
  readonly became: 'taken' | 'meanwhile' | 'locked' | 'not-yours' | 'gone';
};

/** The tasks that a figure settles, beside the check-in. */
export const askTasks = { help: 'data-help', 'more-time': 'data-time', link: 'data-link' } as const;

/**
 * Takes figures from wherever they come, one after the other: reminders about them stop in the same transaction, and
 * whatever was asked about them is settled.
 */
export async function takeFigures(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  member: Member,
  entries: readonly Entry[],
): Promise<Taken[]> {
  const ids = entries.map(({ request }) => request);
  const locked = await lockRequests(writing, coalition.id, ids);
  const byId = new Map(locked.map((request) => [request.id, request]));
  const taken: Taken[] = [];
  for (const entry of entries) {
    const request = byId.get(entry.request) ?? null;
    const became = request ? await takeOne(writing, coalition, member, entry, request) : 'gone';
    taken.push({ entry, request, became });
  }
  const done = taken.filter(({ became }) => became === 'taken');
  const given = done.map(({ entry }) => entry.request);
  if (given.length === 0) return taken;
  await stopReminding(writing, tools, coalition, given);
  await closeAsks(writing, tools, coalition, given, member.id);
  for (const { entry } of done.filter(({ entry }) => holdsWords(entry))) {
    const subject = `figure:${entry.request}`;
    await tools.contacts.recordReply(writing, { coalitionId: coalition.id, member, subject });
  }
  return taken;
}

async function takeOne(
  writing: Writing,
  coalition: Coalition,
  member: Member,
  entry: Entry,
  request: Request,
): Promise<Taken['became']> {
  const { id: measureId } = request.measure;
  const of = { measureId, partnerId: request.partner.id };
  const named = await findNamed(writing.tx, coalition.id, of);
  if (!mayAnswer(member, request, named)) return 'not-yours';
  if (!mayGive(request, writing.now)) return 'locked';
  return (await recordSubmission(writing, coalition.id, entry, member.id)) ? 'taken' : 'meanwhile';
}

/** What was asked back about requests needs no answer any more. */
export async function closeAsks(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  requests: readonly RequestId[],
  by: MemberId | null,
): Promise<void> {
  const kinds = Object.keys(askTasks) as (keyof typeof askTasks)[];
  await settleAsks(writing, coalition.id, { requests, kinds, answer: 'done', by });
  for (const kind of kinds) {
    const task = { coalitionId: coalition.id, kind: askTasks[kind], subjects: requests };
    await tools.staffTasks.close(writing, task);
  }
}

/** How much a partner can still be asked for. */
export async function countOpen(
  writing: Pick<Writing, 'tx' | 'now'>,
  coalition: Coalition,
  partnerId: PartnerId,
): Promise<number> {
  const unanswered = await listUnanswered(writing.tx, coalition.id, partnerId);
  return unanswered.filter((request) => isWanted(request, writing.now)).length;
}
