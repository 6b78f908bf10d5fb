import { defineConfig } from 'vitest/config';
import { watchStores } from './test/support/apart/watch-stores.ts';

export default defineConfig({
  plugins: [watchStores()],
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/fuzz/same-draws.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
