import type { Card } from '../../src/core/card.ts';
import type { Clock } from '../../src/core/ports.ts';
import { type Database, isDuplicate, type Prisma, type Tx } from '../../src/database.ts';
import { groupsOf } from './accounts.ts';
import type { Feed } from './events.ts';

export type MessageRow = Prisma.ConsoleMessageGetPayload<Record<never, never>>;

export type NewMessage = {
  readonly placeRef: string;
  readonly visibleTo: string | null;
  readonly askedBy: string | null;
  readonly about: string | null;
  readonly deliveryId: string;
  readonly card: Card;
};

/** Any number; only that every writer takes the same one. */
const writeLock = 7_411_203;

export type Messages = ReturnType<typeof makeMessages>;

/** The console's own messages. */
export function makeMessages(database: Database, clock: Clock, feed: Pick<Feed, 'changed'>) {
  /**
   * One writer at a time, so that a change with a higher number is never seen before one with a lower: a
   * reader who asks for what came since the last one misses nothing.
   */
  async function writing<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const result = await database.$transaction(async (tx) => {
      await tx.$executeRaw`select pg_advisory_xact_lock(${writeLock})`;
      return work(tx);
    });
    feed.changed();
    return result;
  }

  return {
    /** Adds a message; the same delivery again finds the one that stands already. */
    async add(message: NewMessage): Promise<MessageRow> {
      const { deliveryId } = message;
      const now = clock.now();
      const data = { ...message, card: asJson(message.card), postedAt: now, changedAt: now };
      try {
        return await writing((tx) => tx.consoleMessage.create({ data }));
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        return database.consoleMessage.findUniqueOrThrow({ where: { deliveryId } });
      }
    },

    /** Null when it is not there any more, or never was. */
    redraw(id: string, card: Card): Promise<MessageRow | null> {
      return change(id, { card: asJson(card) });
    },

    remove(id: string): Promise<MessageRow | null> {
      return change(id, { goneAt: clock.now() });
    },

    findByDelivery: (deliveryId: string): Promise<MessageRow | null> =>
      database.consoleMessage.findUnique({ where: { deliveryId } }),

    /** Null when it is gone, or not for this viewer. */
    async find(id: string, viewer: string): Promise<MessageRow | null> {
      if (!isId(id)) return null;
      return database.consoleMessage.findFirst({ where: { id, goneAt: null, AND: seenBy(viewer) } });
    },

    /** The last messages of a place before a position, oldest first. */
    async list(of: {
      viewer: string;
      place: string;
      before: bigint | null;
      most: number;
    }): Promise<MessageRow[]> {
      const before = of.before === null ? {} : { position: { lt: of.before } };
      const rows = await database.consoleMessage.findMany({
        where: { placeRef: of.place, goneAt: null, ...before, AND: seenBy(of.viewer) },
        orderBy: { position: 'desc' },
        take: of.most,
      });
      return rows.reverse();
    },

    /** What is new, was redrawn or went since a change, in that order, in one place or everywhere. */
    listSince(of: {
      viewer: string;
      place: string | null;
      since: bigint;
      most: number;
    }): Promise<MessageRow[]> {
      const place = of.place === null ? {} : { placeRef: of.place };
      return database.consoleMessage.findMany({
        where: { change: { gt: of.since }, ...place, AND: seenBy(of.viewer) },
        orderBy: { change: 'asc' },
        take: of.most,
      });
    },

    async lastChange(): Promise<bigint> {
      const { _max } = await database.consoleMessage.aggregate({ _max: { change: true } });
      return _max.change ?? 0n;
    },
  };

  async function change(id: string, data: Prisma.ConsoleMessageUpdateInput): Promise<MessageRow | null> {
    if (!isId(id)) return null;
    return writing(async (tx) => {
      const [row] = await tx.$queryRaw<{ change: bigint }[]>`
        select nextval(pg_get_serial_sequence('"ConsoleMessage"', 'change')) as "change"`;
      const found = await tx.consoleMessage.updateManyAndReturn({
        where: { id, goneAt: null },
        data: { ...data, changedAt: clock.now(), ...(row ? { change: row.change } : {}) },
      });
      return found[0] ?? null;
    });
  }
}

/** Channels are everybody's, private answers and direct messages one person's, and other conversations their people's. */
const seenBy = (viewer: string): Prisma.ConsoleMessageWhereInput[] => [
  { OR: [{ visibleTo: null }, { visibleTo: viewer }] },
  {
    OR: [
      { NOT: { OR: [{ placeRef: { startsWith: '@' } }, { placeRef: { startsWith: '&' } }] } },
      { placeRef: `@${viewer}` },
      ...groupsOf(viewer),
    ],
  },
];

const isId = (id: string) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(id);
const asJson = (card: Card) => JSON.parse(JSON.stringify(card)) as Prisma.InputJsonValue;
