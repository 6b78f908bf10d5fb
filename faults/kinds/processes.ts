import { setTimeout as sleep } from 'node:timers/promises';
import { processNames } from '../fleet.ts';
import type { FaultKind, Striking } from './kind.ts';

/** Where a process is about to write when it is killed; what is written often stands here more than once. */
const tables: readonly [string, ...string[]] = [
  'Lane',
  'Lane',
  'Lane',
  'Arrival',
  'Arrival',
  'Outgoing',
  'Outgoing',
  'Posting',
  'Posting',
  'Outreach',
  'Timer',
  'DecisionBallot',
  'DecisionTally',
  'RoleTerm',
  'MeetingAnswer',
  'MeasureSubmission',
  'Announcement',
  'Partner',
  'SlackReceipt',
  'DigestIssue',
];
const waitForWriterMs = 2_500;

const workers = ['jobs-1', 'jobs-2'] as const;
/** What to do once a message was taken: both workers end before either hears of it. */
const killWorkers =
  ({ stage, happened }: Striking) =>
  () => {
    for (const name of workers) stage.fleet.kill(name);
    happened();
  };

export const processKinds: readonly FaultKind[] = [
  {
    name: 'kill -9 at a random moment',
    weight: 8,
    mostInHundred: 12,
    async strike({ stage, random, happened }) {
      if (stage.fleet.kill(random.pick(processNames))) happened();
    },
  },
  {
    name: 'kill -9 right before a write',
    weight: 6,
    mostInHundred: 8,
    strike: killBeforeWrite,
  },
  {
    name: 'kill -9 after Slack took a message, before we heard',
    weight: 9,
    mostInHundred: 8,
    async strike(striking) {
      const misbehaving = { fault: 'done-unanswered', happened: killWorkers(striking) } as const;
      striking.stage.slack.peer.misbehave('chat.postMessage', misbehaving);
    },
  },
  {
    name: 'kill -9 after Discord took a message, before we heard',
    weight: 9,
    mostInHundred: 8,
    async strike(striking) {
      const path = /^\/channels\/\d+\/messages$/;
      const misbehaving = { fault: 'done-without-answer', happened: killWorkers(striking) } as const;
      striking.stage.discord.peer.faults.next('POST', path, misbehaving);
    },
  },
];

/** Holds a table until some process waits to write to it, and kills that one while it waits. */
async function killBeforeWrite({ stage, random, happened }: Striking): Promise<void> {
  const table = random.pick(tables);
  const holder = await stage.server.connect().catch(() => null);
  if (!holder) return;
  try {
    await holder.query(`begin; lock table "${table}" in exclusive mode`);
    const until = Date.now() + waitForWriterMs;
    while (Date.now() < until) {
      const { rows } = await holder.query<{ name: string }>(
        `select a.application_name as name from pg_locks l join pg_stat_activity a on a.pid = l.pid
         where l.relation = '"${table}"'::regclass and not l.granted limit 1`,
      );
      const found = processNames.find((name) => name === rows[0]?.name);
      if (found && stage.fleet.kill(found)) {
        happened();
        return;
      }
      await sleep(15);
    }
  } catch {
    // Another fault took the database away meanwhile.
  } finally {
    await holder.end().catch(() => {});
  }
}
