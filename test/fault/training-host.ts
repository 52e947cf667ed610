/** A host that trains without end, for a test that kills it; says when it has trained a while and a state is saved. */
import { join } from 'node:path';
import { spawnFork } from '../../src-main/engine/spawn-fork.ts';
import { Supervisor } from '../../src-main/engine/supervisor.ts';
import { createServices } from '../../src-main/services/all.ts';
import { openStore } from '../../src-main/store/store.ts';
import { StoreWriter } from '../../src-main/store/writer.ts';
import { recipe } from '../main/services/recipe.ts';

const [folder = ''] = process.argv.slice(2);
const log = (line: string): void => console.error(line);
const entry = join(import.meta.dirname, '../../src-main/engine/entry.ts');
const supervisor = new Supervisor({ spawn: spawnFork({ entry, log }), log });
const store = openStore({ file: join(folder, 'netloom.sqlite') });
const writer = new StoreWriter({
  file: store.file,
  entry: join(import.meta.dirname, '../../src-main/store/writer-thread.ts'),
});
let isSaid = false;
async function say(runId: string): Promise<void> {
  if (isSaid || (await store.loadCheckpoint(runId, 'last')) === null || isSaid) return;
  isSaid = true;
  process.stdout.write('trained\n');
}
const services = createServices({
  store,
  writes: writer.writes,
  supervisor,
  folder,
  shell: 'browser',
  version: '0.0.0',
  isPersistent: true,
  openFile: () => Promise.resolve(null),
  placeFor: () => Promise.resolve(null),
  saveFile: () => Promise.resolve(null),
  emit: {
    app: () => {},
    runs: () => {},
    data: () => {},
    training: (_event, { epoch, runId }) => {
      if (epoch >= 10) void say(runId);
    },
  },
  log,
});
await services.training.start({ document: recipe({ epochs: 1_000_000, samples: 400 }), paused: false });
