import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { REST } from 'discord.js';
import { afterEach, expect, test } from 'vitest';
import { makeRequest } from '../../../adapters/discord/make-request.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** discord.js's client against a server that answers like this. */
async function clientOf(listener: RequestListener, settings: { timeout?: number; retries?: number } = {}) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const api = `http://127.0.0.1:${port}/api`;
  return new REST({ api, makeRequest, retries: 0, ...settings }).setToken('token');
}

test('what is sent and what is answered are read as they are, in any alphabet', async () => {
  const seen: string[] = [];
  const rest = await clientOf(async (request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers.authorization} ${await text(request)}`);
    if (request.method === 'DELETE') return response.writeHead(204).end();
    response.writeHead(200, { 'content-type': 'application/json' });
    // In two pieces, with a letter torn apart between them.
    const said = Buffer.from(JSON.stringify({ name: 'Zoë 💛' }));
    response.write(said.subarray(0, 12));
    setImmediate(() => response.end(said.subarray(12)));
  });
  expect(await rest.patch('/webhooks/1/a', { body: { content: 'Здравствуйте' } })).toEqual({
    name: 'Zoë 💛',
  });
  await rest.delete('/webhooks/1/a');
  expect(seen).toEqual([
    'PATCH /api/v10/webhooks/1/a Bot token {"content":"Здравствуйте"}',
    'DELETE /api/v10/webhooks/1/a Bot token ',
  ]);
});

test('Discord’s word of what is wrong reaches whoever asked, and its waits are kept', async () => {
  let calls = 0;
  const rest = await clientOf((_request, response) => {
    calls += 1;
    if (calls === 1) {
      response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '0.05' });
      return response.end(JSON.stringify({ message: 'You are being rate limited.', retry_after: 0.05 }));
    }
    response.writeHead(403, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ message: 'Missing Permissions', code: 50013 }));
  });
  await expect(rest.post('/channels/1/messages', { body: {} })).rejects.toMatchObject({
    status: 403,
    code: 50013,
    message: 'Missing Permissions',
  });
  expect(calls).toBe(2);
});

test('an answer that begins and never ends counts as none', async () => {
  const rest = await clientOf(
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"name":');
    },
    { timeout: 100 },
  );
  await expect(rest.post('/channels/1/messages', { body: {} })).rejects.toMatchObject({ name: 'AbortError' });
});

test('where nobody listens the reason is told, and what was cut off is tried again', async () => {
  const nobody = new REST({ api: 'http://127.0.0.1:1/api', makeRequest, retries: 0 }).setToken('token');
  await expect(nobody.get('/gateway/bot')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  let calls = 0;
  const rest = await clientOf(
    (request, response) => {
      calls += 1;
      if (calls === 1) return request.socket.resetAndDestroy();
      response.writeHead(204).end();
    },
    { retries: 1 },
  );
  await rest.post('/channels/1/messages', { body: {} });
  expect(calls).toBe(2);
});

test('files go along', async () => {
  let body = '';
  const rest = await clientOf(async (request, response) => {
    body = await text(request);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"1"}');
  });
  const files = [{ name: 'partners.csv', data: Buffer.from('Food Bank,Food') }];
  expect(await rest.patch('/webhooks/1/a', { body: { content: 'Here' }, files })).toEqual({ id: '1' });
  expect(body).toContain('filename="partners.csv"');
  expect(body).toContain('Food Bank,Food');
});
