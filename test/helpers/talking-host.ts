/** A process that goes on printing after its reader has gone, for the test that a host outlives that: it ends with 0. */
import { outliveReaders } from '../../src-main/host/outlive-readers.ts';

outliveReaders();
process.stdout.on('error', () => setImmediate(() => process.exit(0)));
setInterval(() => console.log('still here'), 1);
