import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWebServer, type WebServer } from '../../web/server.ts';
import { openTestBot, type TestBot } from '../support/bot.ts';

const token = 'a token of more than sixteen';
let bot: TestBot;
let open: WebServer;
let guarded: WebServer;
beforeAll(async () => {
  bot = await openTestBot();
  open = await startWebServer({ bot, host: '127.0.0.1', port: 0 });
  guarded = await startWebServer({ bot, host: '127.0.0.1', port: 0, metricsToken: token });
});
afterAll(async () => {
  await Promise.all([open.close(), guarded.close()]);
  await bot.end();
});

/** Node's own client, because `fetch` refuses to send some of these headers. */
const read = (server: WebServer, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; text: string }>((resolve, reject) => {
    const asked = request(`${server.url}/metrics`, { headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asked.on('error', reject).end();
  });

test('this machine reads the measurements without a token', async () => {
  const { status, text } = await read(open);
  expect(status).toBe(200);
  expect(text).toContain('common_thread_timers_overdue 0');
});

test('a request that a proxy on this machine passes on is not from this machine', async () => {
  for (const header of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via']) {
    const { status, text } = await read(open, { [header]: '203.0.113.7' });
    expect(status).toBe(401);
    expect(text).toContain('METRICS_TOKEN');
    expect(text).not.toContain('common_thread_');
  }
});

test('with a token set, only the token opens them, wherever the request comes from', async () => {
  expect((await read(guarded)).status).toBe(401);
  expect((await read(guarded, { authorization: `Bearer ${token}x` })).status).toBe(401);
  const passed = await read(guarded, { authorization: `Bearer ${token}`, 'x-forwarded-for': '203.0.113.7' });
  expect(passed.status).toBe(200);
});
