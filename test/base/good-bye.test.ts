import { type AddressInfo, createServer, connect as open, type Server } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { closeDatabase, type Database, inTransaction, openDatabase } from '../../src/database.ts';
import { makeDatabase } from '../support/database.ts';

/** PostgreSQL's protocol, "Message Formats": ready for a query, in no transaction. */
const ready = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);
const goodBye = errorResponse({
  S: 'FATAL',
  C: '57P01',
  M: 'terminating connection due to administrator command',
});

let made: Awaited<ReturnType<typeof makeDatabase>>;
let between: Server;
let database: Database;
/** How many connections are still to be ended as soon as they are ready. */
let ending = 0;
let ended = 0;

/** Stands between the bot and PostgreSQL, and ends connections in the very packet that says that they are ready. */
beforeEach(async () => {
  made = await makeDatabase();
  const real = new URL(made.url);
  between = createServer((client) => {
    const server = open(Number(real.port), real.hostname);
    client.pipe(server);
    server.on('data', (packet) => {
      const isReady = packet.subarray(-ready.length).equals(ready);
      if (!isReady || ending === 0) return void client.write(packet);
      ending -= 1;
      ended += 1;
      client.end(Buffer.concat([packet, goodBye]));
      server.destroy();
    });
    for (const socket of [client, server]) socket.on('error', () => {});
    client.on('close', () => server.destroy());
    server.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
  const url = new URL(made.url);
  url.port = String((between.address() as AddressInfo).port);
  url.hostname = '127.0.0.1';
  database = openDatabase(url.toString(), 5);
});
afterEach(async () => {
  await closeDatabase(database);
  between.close();
  await made.drop();
});

function errorResponse(fields: Record<string, string>): Buffer {
  const body = Object.entries(fields)
    .map(([code, value]) => `${code}${value}\0`)
    .join('');
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(4 + body.length + 1, 1);
  return Buffer.concat([head, Buffer.from(`${body}\0`)]);
}

test('a connection that PostgreSQL ends as it is handed out fails what it was for, and nothing else', async () => {
  ending = 1;
  const work = () => inTransaction(database, (tx) => tx.coalition.count());
  await work().catch(() => null);
  expect(ended).toBe(1);
  expect(await work()).toBe(0);
});
