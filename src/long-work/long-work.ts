import { randomUUID } from 'node:crypto';
import { aside, done, refused, shown } from '../core/answer.ts';
import { buttons, type Card, card, heading, type Part, paragraph } from '../core/card.ts';
import {
  defineButton,
  defineFeature,
  type Feature,
  type LongWorkKind,
  type LongWorkState,
} from '../core/command.ts';
import type { CoalitionId, MemberId } from '../core/ids.ts';
import type { LongWork, LongWorkId, Tools, View, Writing } from '../core/ports.ts';
import { id, press } from '../core/press.ts';
import type { Reader } from '../core/reader.ts';
import { wordsIn } from '../core/words.ts';
import type { Prisma } from '../database.ts';
import { isDatabaseTrouble } from '../database-trouble.ts';
import { getCoalition } from '../identity/store.ts';
import english from './words.en.json' with { type: 'json' };

const say = wordsIn(english);
const lookPress = press('long-work.look', { work: id<LongWorkId>() });
const cancelPress = press('long-work.cancel', { work: id<LongWorkId>() });

/** How often progress is written down: often enough to watch, seldom enough to cost nothing. */
const reportEveryMs = 500;

const mayTakeMs = 15 * 60_000;

class Cancelled extends Error {}

/** Work that outlasts an answer: one transaction, one progress card, one button that stops it. */
export function makeLongWork(delivery: Tools['delivery'], features: () => readonly Feature[]) {
  const kindOf = (name: string): LongWorkKind => {
    const kind = features()
      .flatMap((feature) => feature.longWork)
      .find((each) => each.kind === name);
    if (!kind) throw new Error(`No feature has long work "${name}"`);
    return kind;
  };

  const view: View = {
    id: 'long-work',
    async draw(subject, { tools, coalition, reader }) {
      const row = await tools.database.longWork.findFirst({
        where: { id: subject, coalitionId: coalition.id },
      });
      return row && progressCard(kindOf(row.kind), row as unknown as Row, reader);
    },
  };

  const longWork: LongWork = {
    async start(writing, { coalition, member, kind, input }) {
      const row = await writing.tx.longWork.create({
        data: {
          coalitionId: coalition.id,
          memberId: member.id,
          kind,
          input: input as Prisma.InputJsonValue,
          createdAt: writing.now,
        },
      });
      // Asked for by the person themselves, so this is an answer and not outreach.
      const { posted } = await delivery.post(writing, {
        coalitionId: coalition.id,
        to: { member: member.id },
        key: `long-work:${row.id}`,
        card: progressCard(kindOf(kind), row as unknown as Row, member),
        live: { view, subject: row.id },
      });
      writing.wake({ wake: 'long-work', id: row.id });
      return { id: row.id as LongWorkId, reached: posted };
    },

    where: ({ id: work, reached }, reader) => [
      paragraph(say(reader, reached ? 'where.message' : 'where.closed')),
      buttons(lookButton(work, reader)),
    ],
  };

  const cancel = defineButton({
    press: cancelPress,
    answers: 'by-updating',
    by: 'member',
    async run({ payload, asked, tools }) {
      const asking = await tools.write(({ tx }) =>
        tx.longWork.updateMany({
          where: {
            id: payload.work,
            coalitionId: asked.coalition.id,
            memberId: asked.member.id,
            state: { in: ['waiting', 'running'] },
          },
          data: { cancelAsked: true },
        }),
      );
      if (asking.count > 0) return done;
      return aside(card({ part: 'text', text: say(asked.reader, 'cancel.too-late') }));
    },
  });

  /** For whoever gets no direct messages, or is waiting for one. */
  const look = defineButton({
    press: lookPress,
    answers: 'by-updating',
    by: 'member',
    async run({ payload, asked: { coalition, member, reader }, tools }) {
      const row = await tools.database.longWork.findFirst({
        where: { id: payload.work, coalitionId: coalition.id },
      });
      if (!row) return refused('long-work.gone', say(reader, 'gone'));
      if (row.memberId !== member.id) return refused('long-work.not-yours', say(reader, 'not-yours'));
      const drawn = progressCard(kindOf(row.kind), row as unknown as Row, reader);
      const goesOn = row.state === 'waiting' || row.state === 'running';
      return shown(card(...drawn.parts, goesOn && buttons(lookButton(payload.work, reader))));
    },
  });

  /** Does one piece of work, unless another worker is at it. */
  async function run(workId: string, tools: Tools): Promise<void> {
    const { database } = tools;
    const row = await database.longWork.findUnique({ where: { id: workId } });
    if (!row || (row.state !== 'waiting' && row.state !== 'running')) return;
    const coalition = await getCoalition(database, row.coalitionId as CoalitionId);
    const kind = kindOf(row.kind);
    const coalitionId = coalition.id;

    async function report(data: Prisma.LongWorkUpdateManyMutationInput): Promise<void> {
      await tools.write(async (writing) => {
        await writing.tx.longWork.updateMany({ where: { id: workId }, data });
        await delivery.redraw(writing, { coalitionId, view, subject: workId });
      });
    }

    try {
      await tools.write(async (writing) => {
        if (!(await claim(writing, workId))) return;
        await report({ state: 'running' });
        let reportedAt = 0;
        const progress = async (doneSoFar: number, total: number) => {
          const now = performance.now();
          if (now - reportedAt < reportEveryMs && doneSoFar < total) return;
          reportedAt = now;
          await report({ done: doneSoFar, total });
          const current = await database.longWork.findUniqueOrThrow({ where: { id: workId } });
          if (current.cancelAsked) throw new Cancelled();
        };
        const memberId = row.memberId as MemberId;
        const result = await kind.run({ writing, coalition, memberId, input: row.input, progress, tools });
        // In the same transaction as the work itself: after a crash it is either all done or all undone.
        await writing.tx.longWork.update({
          where: { id: workId },
          data: { state: 'finished', result: result as Prisma.InputJsonValue, endedAt: writing.now },
        });
        await delivery.redraw(writing, { coalitionId, view, subject: workId });
      }, mayTakeMs);
    } catch (error) {
      // It may even be done, only unheard: whoever finds it waiting goes on with it.
      if (isDatabaseTrouble(error)) throw error;
      const state = error instanceof Cancelled ? 'cancelled' : 'failed';
      const reference = randomUUID().slice(-8);
      if (state === 'failed')
        tools.log.error({ error: error as Error, work: workId, reference }, 'long-work.failed');
      await report({ state, result: { reference }, endedAt: tools.clock.now() });
    }
  }

  const feature = defineFeature({ name: 'long-work', say, buttons: [cancel, look], views: [view] });
  return { longWork, feature, run };
}

/** One worker at a time: an advisory lock that ends with the transaction, so a dead worker holds nothing. */
async function claim({ tx }: Writing, workId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ mine: boolean; state: string }[]>`
    select pg_try_advisory_xact_lock(hashtextextended(${workId}, 0)) as "mine",
      (select "state" from "LongWork" where "id" = ${workId}::uuid) as "state"`;
  const row = rows[0];
  return Boolean(row?.mine) && (row?.state === 'waiting' || row?.state === 'running');
}

type Row = LongWorkState & { id: string };

const lookButton = (work: LongWorkId, reader: Reader) => ({
  id: lookPress.encode({ work }),
  label: say.plain(reader, 'look'),
});

function progressCard(kind: LongWorkKind, row: Row, reader: Reader): Card {
  const running = row.state === 'waiting' || row.state === 'running';
  const parts: Part[] = [heading(say.plain(reader, `state.${row.state}`)), ...kind.describe(row, reader)];
  if (running && row.total > 0) {
    parts.push({ part: 'progress', label: say.plain(reader, 'progress'), done: row.done, total: row.total });
  }
  if (running) {
    const label = say.plain(reader, 'cancel');
    parts.push(buttons({ id: cancelPress.encode({ work: row.id as LongWorkId }), label, look: 'danger' }));
  }
  if (row.state === 'failed') {
    const { reference = '' } = (row.result ?? {}) as { reference?: string };
    parts.push({ part: 'text', text: say(reader, 'failed', { reference }) });
  }
  return card(...parts);
}
