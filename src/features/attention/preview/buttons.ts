import { type Answer, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { defineButton } from '../../../core/command.ts';
import { isId, type MemberId } from '../../../core/ids.ts';
import type { Tools } from '../../../core/ports.ts';
import { findMember } from '../../../identity/store.ts';
import { dryRun } from '../../../outreach/dry-run.ts';
import { everybody, previewCard, previewPress, sentCard, sentPress } from './cards.ts';
import { grouped, type Line } from './rules.ts';
import { listGone, listNames, listUnsent } from './store.ts';

const mostDays = 14;
/** Due things that are tried out: what they write is locked until they are taken back. */
const mostTried = 150;
const mostWaiting = 200;
const mostGone = 200;
/** How far back it is told what went out. */
const goneDays = 14;

export const turnPreview = defineButton({
  press: previewPress,
  answers: 'by-updating',
  by: 'backbone',
  run: ({ payload, asked, tools }) => showPreview(asked, tools, payload),
});

export const turnSent = defineButton({
  press: sentPress,
  answers: 'by-updating',
  by: 'backbone',
  run: ({ payload, asked, tools }) => showSent(asked, tools, payload),
});

/** What went out by itself lately, to everybody or to one person. @param of.member a member's id, or `everybody` */
export async function showSent(
  { coalition, reader, now }: AskedBy<'backbone'>,
  tools: Tools,
  of: { member: string; page: number },
): Promise<Answer> {
  const { database } = tools;
  const one = isId(of.member) ? await findMember(database, coalition.id, of.member as MemberId) : null;
  const since = new Date(now.getTime() - goneDays * 86_400_000);
  const about = { since, member: one?.id ?? null, most: mostGone };
  const { lines, cut } = await listGone(database, coalition.id, about);
  const ids = lines.flatMap(({ to }) => (typeof to === 'string' ? [] : [to.member]));
  const names = await listNames(database, coalition.id, ids);
  const groups = grouped(lines, reader);
  const { page } = of;
  return shown(
    sentCard(reader, {
      ...{ groups, names, cut, page, days: goneDays },
      member: one?.id ?? everybody,
      name: one?.name ?? null,
    }),
  );
}

/** What waits already, and what a dry run of everything that is due would send. */
export async function showPreview(
  { coalition, reader, now }: AskedBy<'backbone'>,
  tools: Tools,
  of: { days: number; page: number },
): Promise<Answer> {
  const days = Math.min(Math.max(of.days, 1), mostDays);
  const until = new Date(now.getTime() + days * 86_400_000);
  const unsent = await listUnsent(tools.database, coalition.id, mostWaiting);
  const run = await dryRun(tools, coalition, { until, most: mostTried });
  const waiting = grouped(unsent.lines, reader);
  const coming = grouped(run.planned, reader);
  const all: readonly Line[] = [...unsent.lines, ...run.planned];
  const ids = all.flatMap(({ to }) => (typeof to === 'string' ? [] : [to.member]));
  const names = await listNames(tools.database, coalition.id, ids);
  const { pausedAt } = await tools.outreach.settings(tools.database, coalition.id);
  const about = { days, page: of.page, paused: pausedAt !== null };
  return shown(previewCard(reader, { ...about, waiting, coming, names, run }));
}
