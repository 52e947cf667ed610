/** A process with a bug, for the test of a host's last words: `throw`, `reject`, or `hang` while it closes. */
import { onBug } from '../../src-main/host/last-words.ts';

const kind = process.argv[2];
onBug({
  log: (line) => console.error(line),
  close: () => {
    console.log('closing');
    return kind === 'hang' ? new Promise(() => {}) : Promise.resolve();
  },
  exit: (code) => process.exit(code),
});
setInterval(() => {}, 1_000); // alive until it is ended
if (kind === 'reject') void Promise.reject(new TypeError('a bug'));
else
  setImmediate(() => {
    throw new TypeError('a bug');
  });
