// Turns what vitest and Playwright write about a run into one shape: passed, failed with their reasons, skipped.
import { existsSync, readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

const SHOWN_LINES = 25;

/** The first lines of an error, without colours. */
const shorten = (text) => stripVTControlCharacters(text).split('\n').slice(0, SHOWN_LINES).join('\n');

const readJson = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null);

/** A suite that wrote no report has failed as a whole. */
const crashed = (output) => ({
  passed: 0,
  failures: [
    { name: 'the suite ended without a report', text: shorten(output.split('\n').slice(-SHOWN_LINES).join('\n')) },
  ],
  skipped: [],
});

/** Something failed that is no test, such as an error after the last one: it must not pass unseen. */
function withExitCode(report, code, output) {
  if (code === 0 || report.failures.length > 0) return report;
  return {
    ...report,
    failures: crashed(output).failures.map((failure) => ({ ...failure, name: `exit code ${code}` })),
  };
}

export function readVitest(file, { code, output }) {
  const json = readJson(file);
  if (json === null) return crashed(output);
  const tests = json.testResults.flatMap(({ assertionResults }) => assertionResults);
  const broken = json.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  const report = {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failures: [
      ...tests
        .filter(({ status }) => status === 'failed')
        .map(({ fullName, failureMessages }) => ({ name: fullName, text: shorten(failureMessages.join('\n')) })),
      ...broken.map(({ name, message }) => ({ name, text: shorten(message) })),
    ],
    skipped: tests
      .filter(({ status }) => ['skipped', 'pending', 'todo', 'disabled'].includes(status))
      .map(({ fullName }) => fullName),
  };
  return withExitCode(report, code, output);
}

/** Specs of a suite and of the suites in it. */
const specsOf = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];

export function readPlaywright(file, { code, output }) {
  const json = readJson(file);
  if (json === null) return crashed(output);
  const tests = json.suites
    .flatMap(specsOf)
    .flatMap((spec) => spec.tests.map((test) => ({ ...test, title: `${spec.file}: ${spec.title}` })));
  const textOf = ({ results }) =>
    results.flatMap(({ errors }) => errors.map(({ message }) => message ?? '')).join('\n');
  const reasonOf = ({ annotations }) =>
    annotations.find(({ type }) => type === 'skip')?.description ?? 'no reason given';
  const report = {
    passed: tests.filter(({ status }) => status === 'expected').length,
    // A test that passes only sometimes has failed: it would hide a race.
    failures: [
      ...tests
        .filter(({ status }) => status === 'unexpected' || status === 'flaky')
        .map((test) => ({ name: test.title, text: shorten(textOf(test)) })),
      ...json.errors.map(({ message }) => ({ name: 'outside of the tests', text: shorten(message ?? '') })),
    ],
    skipped: tests.filter(({ status }) => status === 'skipped').map((test) => `${test.title} (${reasonOf(test)})`),
  };
  return withExitCode(report, code, output);
}

/** A check that is one program: it passes when the program ends with 0. */
export function readCheck(name, { code, output }) {
  if (code === 0) return { passed: 1, failures: [], skipped: [] };
  return {
    passed: 0,
    failures: [{ name, text: stripVTControlCharacters(output).trim().split('\n').slice(0, 100).join('\n') }],
    skipped: [],
  };
}
