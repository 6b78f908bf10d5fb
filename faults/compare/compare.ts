import type { Ledger } from '../ledger.ts';
import type { Stage } from '../stage.ts';
import { compareActs, readActs } from './acts.ts';
import { type Findings, joined } from './findings.ts';
import { compareMessages } from './messages.ts';
import { readArrived, readDue } from './read-messages.ts';
import { compareTold, generals, places, readStanding, type Standing } from './told.ts';

/** Lays what people saw beside what the rows say, and both beside what people were told when they did something. */
export async function compare(stage: Stage, ledger: Ledger, now: Date): Promise<Findings> {
  const { server } = stage;
  const due = await readDue(server, now);
  const standing = readStanding(stage);
  const expected = ledger.expected();
  // One that found no room waits for the next digest.
  const announced = await server.rows<{ text: string }>(
    `select "text" from "Announcement" where "state" = 'told'`,
  );
  return joined([
    compareMessages(due, await readArrived(stage, due)),
    compareActs(expected, await readActs(server)),
    compareTold(
      announced.map(({ text }) => text),
      Object.values(places),
      standing,
    ),
    ...(await compareOutcomes(stage, standing, now)),
    await compareTimers(stage, now),
    await compareCards(stage),
  ]);
}

/** Each decision has closed, and its outcome stands once in every channel where it was asked. */
async function compareOutcomes({ server }: Stage, standing: readonly Standing[], now: Date) {
  const decisions = await server.rows<{ number: number; state: string; platforms: string[] }>(
    `select d."number", d."state", array_agg(distinct w."platform") as "platforms"
     from "Decision" d join "Posting" p on p."subject" = d."id"::text join "Lane" l on l."id" = p."laneId"
     join "Workspace" w on w."id" = l."workspaceId"
     where d."state" <> 'draft' and d."closesAt" <= $1 and l."placeRef" not like '@%' group by 1, 2`,
    [now],
  );
  return decisions.map(({ number, state, platforms }): Findings => {
    if (state !== 'closed')
      return { lost: [`Decision ${number} has not closed: ${state}`], duplicates: [], allowed: [] };
    const where = platforms.flatMap((each) =>
      each === 'slack' || each === 'discord' ? [generals[each]] : [],
    );
    return compareTold([`Decided. Decision ${number}`], where, standing);
  });
}

/** Whatever was planned for a moment that has passed has happened. */
async function compareTimers({ server }: Stage, now: Date): Promise<Findings> {
  const late = await server.rows<{ kind: string; occurrence: string; failure: string | null }>(
    `select "kind", "occurrence", "failure" from "Timer" where "doneAt" is null and "dueAt" <= $1`,
    [now],
  );
  const lost = late.map(
    ({ kind, occurrence, failure }) => `${kind} (${occurrence}) was due and never happened: ${failure ?? ''}`,
  );
  return { lost, duplicates: [], allowed: [] };
}

/** Every live card shows what is so now. */
async function compareCards({ server }: Stage): Promise<Findings> {
  const stale = await server.rows<{ view: string; goneAt: Date | null }>(
    `select "view", "goneAt" from "Posting" where "stale" or "goneAt" is not null`,
  );
  const lost = stale.map(({ view, goneAt }) =>
    goneAt ? `A card of ${view} was given up as gone` : `A card of ${view} shows what was so before`,
  );
  return { lost, duplicates: [], allowed: [] };
}
