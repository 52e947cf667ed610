// npm test: builds, runs every suite, prints what failed and why, and ends with "N passed, N failed". Plain JS: it must load on any Node from 20 on.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { requireNode24, root } from '../src-main/node24.mjs';
import { ensureChromium } from './runner/chromium.mjs';
import { readCheck, readPlaywright, readVitest } from './runner/reports.mjs';

const node = requireNode24();
const reports = mkdtempSync(join(tmpdir(), 'netloom-test-'));
const env = {
  ...process.env,
  CI: '1',
  PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
};
const tool = (...path) => join(root, 'node_modules', ...path);

/** Runs a script on Node 24 and keeps what it prints. */
function run(args, extraEnv = {}) {
  return new Promise((resolve) => {
    const child = spawn(node, args, { cwd: root, env: { ...env, ...extraEnv }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

const check = (name, args) => ({ name, start: async () => readCheck(name, await run(args)) });

const build = check('build', [join(root, 'src-main', 'build.mjs')]);
const checks = [
  check('types of host and tests', [tool('typescript', 'bin', 'tsc'), '-p', 'tsconfig.json']),
  check('types of the core', [tool('typescript', 'bin', 'tsc'), '-p', 'src-core/tsconfig.json']),
  check('types of the window', [
    tool('svelte-check', 'bin', 'svelte-check'),
    '--tsconfig',
    'src-renderer/tsconfig.json',
    '--fail-on-warnings',
  ]),
  check('lint', [tool('eslint', 'bin', 'eslint.js'), '.']),
  check('format', [tool('prettier', 'bin', 'prettier.cjs'), '--check', '.']),
];

const units = {
  name: 'vitest',
  start: async () => {
    const file = join(reports, 'vitest.json');
    const result = await run([tool('vitest', 'vitest.mjs'), 'run', '--reporter=json', `--outputFile=${file}`]);
    return readVitest(file, result);
  },
};

const specs = {
  name: 'end to end',
  start: async () => {
    const { path, problem } = ensureChromium(env);
    if (path === null) return { passed: 0, failures: [{ name: 'no browser', text: problem }], skipped: [] };
    const file = join(reports, 'playwright.json');
    const args = [tool('@playwright', 'test', 'cli.js'), 'test', '-c', 'e2e/playwright.config.ts', '--reporter=json'];
    const result = await run(args, { CHROMIUM: path, PLAYWRIGHT_JSON_OUTPUT_NAME: file });
    return readPlaywright(file, result);
  },
};

function print({ name, report, seconds }) {
  const { passed, failures, skipped } = report;
  console.log(
    `${failures.length === 0 ? '✓' : '✗'} ${name}: ${passed} passed, ${failures.length} failed (${seconds} s)`,
  );
  for (const failure of failures) console.log(`\n  ✗ ${failure.name}\n${failure.text.replace(/^/gm, '    ')}\n`);
  for (const reason of skipped) console.log(`  – skipped: ${reason}`);
}

async function runSuite({ name, start }) {
  const startedAt = Date.now();
  const report = await start();
  print({ name, report, seconds: Math.round((Date.now() - startedAt) / 100) / 10 });
  return report;
}

/** Two at a time, for two cores. */
async function runInPairs(suites) {
  const waiting = [...suites];
  const finished = [];
  const lane = async () => {
    for (let suite = waiting.shift(); suite; suite = waiting.shift()) finished.push(await runSuite(suite));
  };
  await Promise.all([lane(), lane()]);
  return finished;
}

const browser = ensureChromium(env);
if (browser.path === null) console.log(`The end-to-end specs cannot run: ${browser.problem}.`);
const results = [
  await runSuite(build), // the specs and some of the suites run what was built
  ...(await runInPairs(checks)),
  await runSuite(units), // these two use both cores themselves, and some of their tests measure time
  await runSuite(specs),
];
rmSync(reports, { recursive: true });
const passed = results.reduce((sum, report) => sum + report.passed, 0);
const failed = results.reduce((sum, report) => sum + report.failures.length, 0);
const skipped = results.reduce((sum, report) => sum + report.skipped.length, 0);
if (skipped > 0) console.log(`${skipped} skipped, for the reasons above`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
