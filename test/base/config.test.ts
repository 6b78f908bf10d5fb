import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { projectRoot } from '../../src/project-root.ts';

const empty = mkdtempSync(path.join(tmpdir(), 'common-thread-config-'));
afterAll(() => rmSync(empty, { recursive: true }));

test('with nothing set, the console and the jobs run on this machine only', () => {
  const config = readConfig(empty, {});
  expect([...config.run].sort()).toEqual(['console', 'jobs']);
  expect(config.web.host).toBe('127.0.0.1');
  expect(config.databaseUrl).toBeNull();
});

test('with keys for Slack, Slack runs and the console does not', () => {
  const config = readConfig(empty, { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' });
  expect([...config.run].sort()).toEqual(['jobs', 'slack']);
});

test('a console that other machines can reach needs a password', () => {
  expect(() => readConfig(empty, { WEB_HOST: '0.0.0.0' })).toThrow(/set CONSOLE_PASSWORD/);
  expect(() => readConfig(empty, { WEB_HOST: '0.0.0.0', CONSOLE_PASSWORD: 'short' })).toThrow(
    /12 characters/,
  );
  const config = readConfig(empty, { WEB_HOST: '0.0.0.0', CONSOLE_PASSWORD: 'long enough it is' });
  expect(config.web.password).toBe('long enough it is');
});

test('everything that is wrong is named at once', () => {
  expect(() =>
    readConfig(empty, { DATABASE_URL: 'mysql://x', WEB_PORT: '99999', RUN: 'console,sparkles' }),
  ).toThrow(/DATABASE_URL[\s\S]*WEB_PORT/);
  expect(() => readConfig(empty, { RUN: 'console,sparkles' })).toThrow(/sparkles is none of/);
});

test('the .env file counts, and the environment counts more', () => {
  writeFileSync(
    path.join(empty, '.env'),
    '# a comment\nWEB_PORT=4000\nCONSOLE_PASSWORD="a quoted password"\n',
  );
  expect(readConfig(empty, {}).web).toMatchObject({ port: 4000, password: 'a quoted password' });
  expect(readConfig(empty, { WEB_PORT: '5000' }).web.port).toBe(5000);
});

test('every variable is explained in .env.example, and none that does not exist', () => {
  const known = readFileSync(path.join(projectRoot, 'src/config.ts'), 'utf8');
  const declared = [...known.matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(([, name]) => name);
  const example = readFileSync(path.join(projectRoot, '.env.example'), 'utf8');
  const explained = [...example.matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name);
  expect(declared.length).toBeGreaterThan(5);
  expect([...explained].sort()).toEqual([...declared].sort());
});
