/** A bug in a host is written down in full, what runs is saved, and the process ends with a code of its own. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot, startScript } from '../../helpers/run-script.ts';

it.each(['throw', 'reject', 'hang'])(
  'after a bug (%s) it closes in order, says everything, and ends with 70',
  async (kind) => {
    const script = join(projectRoot, 'test', 'helpers', 'buggy-host.ts');
    const { code, stdout, stderr } = await startScript(process.execPath, [script, kind]).finished;
    expect([code, stdout]).toStrictEqual([70, 'closing\n']);
    expect(stderr).toMatch(/^internal error: TypeError: a bug\n {4}at /);
  },
);
