#!/usr/bin/env node
// The command `netloom`: runs the built command line on Node 24, building first when that is needed.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfNeeded } from './build.mjs';
import { requireNode24, root, runNode } from './node24.mjs';

const node = requireNode24();
await buildIfNeeded();
const entry = join(root, 'out', 'main', 'cli.js');
if (!existsSync(entry)) {
  console.error('The command line is not built: run "npm run build".');
  process.exit(1);
}
process.exitCode = await runNode(node, [entry, ...process.argv.slice(2)]);
