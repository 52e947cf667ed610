/** Runs a table of flawed project files: each opens with its problems in exactly these words, and every fix mends. */
import { expect, test } from 'vitest';
import { analyze } from '../../src-core/analysis/analyze.ts';
import { readProject } from '../../src-core/formats/project.ts';
import { twoSpirals } from '../../src-core/templates/two-spirals.ts';
import { changed, type Change } from './change-json.ts';

/** Changes to the two spirals, and what is then wrong; in brackets the fix that is offered. */
export type Flaw = readonly [changes: Change[], problems: string[]];

export function testFlaws(flaws: readonly Flaw[]): void {
  const read = (changes: readonly Change[]) => readProject(JSON.stringify(changed(twoSpirals.document, changes)));

  test.each(flaws)('%j is opened with its problems', (changes, expected) => {
    const found = read(changes).problems.map(
      ({ severity, message, fix }) => `${severity}: ${message}${fix === undefined ? '' : ` [${fix.label}]`}`,
    );
    expect(found).toEqual(expected);
  });

  test.each(flaws)('every fix offered for %j does away with its problem', (changes) => {
    const { document, problems } = read(changes);
    const left = problems.filter(
      ({ fix, message }) =>
        fix !== undefined && analyze(fix.apply(document)).problems.some((after) => after.message === message),
    );
    expect(left.map(({ message }) => message)).toEqual([]);
  });
}
