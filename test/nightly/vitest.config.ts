/** The long fault and fuzz runs, with their full counts: npm run test:nightly. */
import { mergeConfig } from 'vitest/config';
import commit from '../../vitest.config.ts';

const HOUR_MS = 3_600_000;

const config = mergeConfig(commit, {
  test: { include: ['test/nightly/**/*.test.ts'], testTimeout: HOUR_MS, env: { NETLOOM_NIGHTLY: '1' } },
});
config.test.exclude = ['node_modules/**'];
export default config;
