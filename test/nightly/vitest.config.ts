/** The long fault and fuzz runs, with their full counts: npm run test:nightly. */
import { defineConfig } from 'vitest/config';
import commit from '../../vitest.config.ts';

const HOUR_MS = 3_600_000;

export default defineConfig({
  ...commit,
  test: {
    ...commit.test,
    include: ['test/nightly/**/*.test.ts'],
    exclude: ['node_modules/**'],
    testTimeout: HOUR_MS,
    env: { NETLOOM_NIGHTLY: '1' },
  },
});
