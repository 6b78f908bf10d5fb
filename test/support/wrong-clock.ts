import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../../src/project-root.ts';

/** Settings of a process on a machine whose own clock is wrong by so much; before the right time when negative. */
export const wrongClock = (byMs: number) => ({
  NODE_OPTIONS: `--import=${pathToFileURL(path.join(projectRoot, 'test', 'support', 'wrong-clock.mjs')).href}`,
  WRONG_CLOCK_MS: String(byMs),
});
