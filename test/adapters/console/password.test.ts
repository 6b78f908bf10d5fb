import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestConsole, type TestConsole } from '../../support/console.ts';
import { scriptAs } from '../../support/console-script.ts';

const password = 'correct horse battery';
let nowMs = 1_000_000;
let console: TestConsole;
beforeAll(async () => {
  console = await openTestConsole({ password, realNow: () => nowMs });
});
afterAll(() => console.end());

const logIn = (given: string) =>
  fetch(`${console.url}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password: given }),
  });
const home = (headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${console.url}/api/home`, { headers });

test('without the password there is only the page that asks for it', async () => {
  const page = await fetch(console.url, { redirect: 'manual' });
  expect([page.status, page.headers.get('location')]).toEqual([302, '/login']);
  const refused = await home();
  expect(refused.status).toBe(401);
  expect(await refused.text()).toContain('Authorization: Bearer');
});

test('who signs in gets a session that scripts of the page cannot read, and that ends', async () => {
  const signed = await logIn(password);
  const cookie = signed.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Strict/);
  const session = { cookie: cookie.split(';')[0] ?? '' };
  expect((await home(session)).status).toBe(200);
  const [name, value = ''] = session.cookie.split('=');
  const longer = value.replace(/^\d+/, (until) => String(Number(until) + 1));
  expect((await home({ cookie: `${name}=${longer}` })).status, 'a session made longer by hand').toBe(401);
  nowMs += 12 * 3_600_000 + 1;
  expect((await home(session)).status, 'twelve hours later').toBe(401);
});

test('who signs out ends that session for everybody who has its cookie, and no other', async () => {
  const sessions = await Promise.all([logIn(password), logIn(password)]);
  const [one = '', other = ''] = sessions.map((each) => (each.headers.get('set-cookie') ?? '').split(';')[0]);
  expect(one).not.toBe(other);
  const json = { 'content-type': 'application/json' };
  const out = await fetch(`${console.url}/logout`, {
    method: 'POST',
    headers: { ...json, cookie: one },
    body: '{}',
  });
  expect(out.headers.get('set-cookie')).toMatch(/common-thread=;/);
  expect((await home({ cookie: one })).status).toBe(401);
  expect((await home({ cookie: other })).status).toBe(200);
});

test('a script sends the password along', async () => {
  expect((await home({ authorization: `Bearer ${password}` })).status).toBe(200);
  const mara = scriptAs(console, 'mara-quill', 'general', { authorization: `Bearer ${password}` });
  expect((await mara.says('/sample everything')).result).toBe('message');
});

test('guessing gets slower and slower, by either door', async () => {
  for (const guess of ['one', 'two', 'three']) expect((await logIn(guess)).status).toBe(401);
  const early = await logIn(password);
  expect(early.status, 'even the right one has to wait').toBe(429);
  expect(await early.text()).toContain('Wait 1 second');
  expect((await home({ authorization: `Bearer ${password}` })).status).toBe(429);
  nowMs += 1001;
  expect((await home({ authorization: 'Bearer four' })).status).toBe(401);
  nowMs += 1001;
  expect((await logIn(password)).status, 'the wait has doubled').toBe(429);
  nowMs += 1000;
  expect((await logIn(password)).status).toBe(200);
  expect((await logIn('five')).status, 'and is over').toBe(401);
});
