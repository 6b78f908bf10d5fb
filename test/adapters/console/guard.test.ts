import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestConsole, type TestConsole } from '../../support/console.ts';

let console: TestConsole;
beforeAll(async () => {
  console = await openTestConsole({ publicUrl: 'https://thread.example.org' });
});
afterAll(() => console.end());

/** A request whose Host a test chooses, which `fetch` does not let it do. */
function send(
  path: string,
  headers: Record<string, string>,
  body: string | null = null,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const method = body === null ? 'GET' : 'POST';
    const sent = request(`${console.url}${path}`, { method, headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', reject);
    sent.end(body ?? undefined);
  });
}

const json = { 'content-type': 'application/json' };
const body = JSON.stringify({ as: 'mara-quill', in: 'general', text: '/sample everything' });

test('a name that was pointed at this machine from outside is refused', async () => {
  const { host } = new URL(console.url);
  expect((await send('/api/home', { host })).status).toBe(200);
  expect((await send('/api/home', { host: 'localhost:3000' })).status).toBe(200);
  expect((await send('/api/home', { host: 'thread.example.org' })).status).toBe(200);
  for (const strange of [
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '10.0.0.7:3000',
  ]) {
    const refused = await send('/api/home', { host: strange });
    expect([strange, refused.status]).toEqual([strange, 421]);
    expect(refused.text).toContain('PUBLIC_URL');
  }
});

test('another web page can write nothing here', async () => {
  expect((await send('/api/say', json, body)).status, 'a script without a browser').toBe(200);
  expect((await send('/api/say', { ...json, origin: console.url }, body)).status).toBe(200);
  for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1']) {
    expect((await send('/api/say', { ...json, origin }, body)).status).toBe(403);
  }
  const site = { ...json, 'sec-fetch-site': 'cross-site' };
  expect((await send('/api/say', site, body)).status).toBe(403);
  expect((await send('/api/home', { 'sec-fetch-site': 'same-site' })).status).toBe(403);
  const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
  expect((await send('/', link)).status, 'a link from elsewhere opens the page').toBe(200);
});

test('what a plain form of another page could send is refused', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    expect((await send('/api/say', { 'content-type': type }, body)).status).toBe(415);
  }
});

test('a body beyond all reason is refused before it is read', async () => {
  const huge = JSON.stringify({ as: 'mara-quill', in: 'general', text: 'x'.repeat(9_000_000) });
  expect((await send('/api/say', { ...json, 'content-length': String(huge.length) }, huge)).status).toBe(413);
});

test('the page runs its own scripts only, fetches nothing from elsewhere, and stands in no other page', async () => {
  const page = await fetch(console.url);
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe-inline');
  // A chart travels in its card; any other address would tell somebody elsewhere who reads it, and when.
  expect(policy).toContain("img-src 'self' data:;");
  expect(policy).not.toMatch(/https?:/);
  expect(page.headers.get('x-frame-options')).toBe('DENY');
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
});

test('only the page’s own files are served', async () => {
  expect((await fetch(`${console.url}/console/app.js`)).status).toBe(200);
  for (const path of ['/console/..%2Fmain.js', '/console/package.json', '/console/app.tsx', '/.env']) {
    expect((await fetch(`${console.url}${path}`)).status).toBe(404);
  }
});
