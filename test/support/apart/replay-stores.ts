import { type Database, inTransaction, type Tx } from '../../../src/database.ts';
import type { TestBot } from '../bot.ts';
import { putBack } from './earlier.ts';
import type { EarlyCall, StoreCall } from './store-calls.ts';
import type { Twin } from './twin.ts';
import { listTwinIds, twinLetter, withTwinIds } from './twin-ids.ts';

export type At = { readonly bot: TestBot; readonly twin: Twin; readonly own: string };

/**
 * Calls a store function once more as it was called, with the same coalition and the twin's ids in the place of all
 * others, in a transaction that comes to nothing. Gives what it told or changed of the twin.
 */
export async function replay(call: StoreCall, at: At): Promise<string[]> {
  return undone(at, async (tx) => again(call, tx, at));
}

/** The same for calls of which is known what there was before them, each among that. */
export async function replayAsItWas(calls: readonly EarlyCall[], at: At): Promise<string[]> {
  const there = new Map<string, string>();
  return undone(at, async (tx) => {
    const found: string[] = [];
    for (const call of calls) {
      await putBack(tx, call.before, { own: at.own, twin: at.twin.id, there });
      await tx.$executeRawUnsafe('savepoint as_it_was');
      found.push(...(await again(call, tx, at)).map((problem) => `as it was then, ${problem}`));
      await tx.$executeRawUnsafe('rollback to savepoint as_it_was');
    }
    return found;
  });
}

async function again(call: StoreCall, tx: Tx, { bot, own }: At): Promise<string[]> {
  const found: string[] = [];
  const asGiven = asText(call.given.map((each) => withoutTools(each, own)));
  const given = call.given.map((each) => exchanged(each, { own, tx, bot }));
  const told = asText(await settled(() => call.own(...given)));
  if (/^"(TypeError|PrismaClientValidationError)"$/.test(told))
    found.push(`${call.name} cannot be called again: ${told}`);
  if (told.includes(twinLetter)) found.push(`${call.name} tells ${begin(told, told.indexOf(twinLetter))}`);
  const ids = listTwinIds(told).filter((id) => !asGiven.includes(id));
  if (ids.length > 0) found.push(`${call.name} tells the id ${begin(told, told.indexOf(ids[0] ?? ''))}`);
  found.push(...(await listTouched(tx, call.name)));
  return found;
}

/** Longer than all calls of a play take. */
const mostMs = 240_000;

async function undone(at: At, work: (tx: Tx) => Promise<string[]>): Promise<string[]> {
  let found: string[] = [];
  try {
    await inTransaction(
      at.bot.database,
      async (tx) => {
        found = await work(tx);
        throw new Undone();
      },
      mostMs,
    );
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
  }
  return found;
}

class Undone extends Error {}

/** Refusing is as good as finding nothing. A statement that failed has ended the transaction: then nothing was changed. */
async function settled(run: () => unknown): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    return error instanceof Error ? error.name : error;
  }
}

async function listTouched(tx: Tx, name: string): Promise<string[]> {
  try {
    const touched = await tx.$queryRawUnsafe<{ what: string }[]>('select distinct what from twin_touched');
    return touched.map(({ what }) => `${name} changes the twin: ${what}`);
  } catch {
    return [];
  }
}

type Within = { readonly own: string; readonly tx: Tx; readonly bot: TestBot };

/** An argument with the twin's ids, and with this transaction wherever one was. */
function exchanged(value: unknown, at: Within): unknown {
  if (typeof value === 'string') return withTwinIds(value, [at.own]);
  if (Array.isArray(value)) return value.map((each) => exchanged(each, at));
  if (value instanceof Map) {
    return new Map([...value].map(([key, each]) => [exchanged(key, at), exchanged(each, at)]));
  }
  if (value instanceof Set) return new Set([...value].map((each) => exchanged(each, at)));
  if (isReading(value)) return at.tx;
  if (!isPlain(value)) return value;
  if ('tx' in value && 'wake' in value) return { ...value, tx: at.tx, wake: () => {} };
  if ('clock' in value && 'database' in value) return toolsWithin(at);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, exchanged(each, at)]));
}

function toolsWithin({ tx, bot }: Within): unknown {
  const database = tx as unknown as Database;
  const writing = { tx, now: bot.clockHand.now(), realNow: new Date(), wake: () => {} };
  return { ...bot.tools, database, write: (work: (of: typeof writing) => unknown) => work(writing) };
}

const isReading = (value: unknown) =>
  typeof value === 'object' && value !== null && typeof Reflect.get(value, '$queryRawUnsafe') === 'function';

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Whether any argument holds an id but the coalition's own. */
export const namesRows = (given: readonly unknown[], own: string): boolean =>
  listTwinIds(asText(given.map((each) => withoutTools(each, own)))).length > 0;

/** What of an argument can hold ids: to tell what came back from what was given. */
function withoutTools(value: unknown, own: string): unknown {
  return exchanged(value, {
    own,
    tx: null as never,
    bot: { tools: {}, clockHand: { now: () => new Date(0) } } as never,
  });
}

function asText(value: unknown): string {
  const seen = new WeakSet<object>();
  const written = JSON.stringify(value, (_, each: unknown) => {
    if (each instanceof Map || each instanceof Set) return [...each];
    if (typeof each === 'bigint') return String(each);
    if (typeof each !== 'object' || each === null) return each;
    if (seen.has(each)) return '(again)';
    seen.add(each);
    return each;
  });
  return written ?? '';
}

const begin = (text: string, at: number) => text.slice(Math.max(0, at - 120), at + 120);
