import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../src/project-root.ts';

/** What the compiled log writes for an error that is made by this expression. */
function logged(error: string): string {
  const log = path.join(projectRoot, 'dist', 'src', 'log.js');
  const script = `const { makeLog } = await import(${JSON.stringify(log)});
    makeLog('debug').error({ error: ${error}, code: 'some-code' }, 'some.event');`;
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  return stderr;
}

test.each([
  "new Error('sekret')",
  "new Error('first\\n    at sekret (file.js:1:1)')",
  "new Error('outer', { cause: new TypeError('sekret\\n    at sekret', { cause: new Error('sekret') }) })",
  "Object.assign(new Error('x'), { token: 'sekret', code: 7, config: { headers: 'sekret' } })",
  "new AggregateError([new Error('sekret')], 'sekret')",
])('of %s the log keeps its kind and where it was, never what it says', (error) => {
  const written = logged(error);
  expect(JSON.parse(written)).toMatchObject({ msg: 'some.event', code: 'some-code' });
  expect(written).toMatch(/"name":"(Error|AggregateError)"/);
  expect(written).toContain('"at":[');
  expect(written).not.toContain('sekret');
});
