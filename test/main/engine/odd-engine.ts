/** An engine that goes wrong on command, over the real channels: what the supervisor has to live with. */
import { forkedParentWire } from '../../../src-main/rpc/wire-process.ts';
import { startHeartbeat } from '../../../src-main/engine/heartbeat.ts';
import { GOODBYE, READY, SHUTDOWN } from '../../../src-main/engine/process.ts';

const working = startHeartbeat();
const wire = forkedParentWire(process);
wire.onClose(() => process.exit(0));

function spin(ms: number): void {
  const until = Date.now() + ms;
  while (Date.now() < until);
}

function leak(): never {
  const kept: unknown[] = [];
  for (;;) kept.push(Array.from({ length: 10_000 }, () => ({})));
}

const acts: Readonly<Record<string, () => void>> = {
  abort: () => process.abort(),
  throw: () =>
    void setImmediate(() => {
      throw new Error('on command');
    }),
  reject: () => void Promise.reject(new Error('on command')),
  exit: () => process.exit(0),
  leak,
  hang: () => spin(60_000),
  'long step': () => {
    working(() => spin(7000));
    process.send?.('long step done');
  },
  [SHUTDOWN]: () => void process.send?.(GOODBYE),
};

process.on('message', (word) => {
  if (typeof word === 'string') acts[word]?.();
});
process.send?.(READY);
