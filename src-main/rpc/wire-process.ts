/**
 * The channel between the host and its training process, from either end and for both kinds of process. Only binary frames are the wire's;
 * other messages on the same channel belong to the supervisor. Nothing here imports electron.
 */
import type { ChildProcess } from 'node:child_process';
import { Inbox } from '../../src-core/contract/inbox.ts';
import type { Wire } from '../../src-core/contract/wire.ts';

/** What is used of Electron's UtilityProcess. */
export interface UtilityChild {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'exit', listener: (code: number) => void): unknown;
  kill(): boolean;
}

/** What is used of `process.parentPort` inside a utility process. */
export interface UtilityParent {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
}

const makeWire = (inbox: Inbox, rest: Pick<Wire, 'post' | 'close' | 'bufferedBytes'>): Wire => ({
  ...rest,
  onFrame: (listener) => inbox.listen(listener),
  onClose: (listener) => inbox.onClose(listener),
});

const receiveInto =
  (inbox: Inbox) =>
  (message: unknown): void => {
    if (message instanceof Uint8Array) inbox.receive(message);
  };

/** Node's IPC needs the callback: without one, sending to a process that has just died throws. */
function countedSend(send: (frame: Uint8Array, done: () => void) => void): Pick<Wire, 'post' | 'bufferedBytes'> {
  let bufferedBytes = 0;
  return {
    post: (frame) => {
      bufferedBytes += frame.byteLength;
      send(frame, () => {
        bufferedBytes -= frame.byteLength;
      });
    },
    bufferedBytes: () => bufferedBytes,
  };
}

/** Host's end towards a child made by fork(…, { serialization: 'advanced' }). Closing kills the child. */
export function childWire(child: ChildProcess): Wire {
  const inbox = new Inbox();
  child.on('message', receiveInto(inbox));
  child.once('exit', () => inbox.closed());
  child.once('disconnect', () => inbox.closed());
  return makeWire(inbox, {
    ...countedSend((frame, done) => child.send(frame, done)),
    close: () => void child.kill(),
  });
}

/** The forked child's end. */
export function forkedParentWire(self: NodeJS.Process): Wire {
  const inbox = new Inbox();
  self.on('message', receiveInto(inbox));
  self.once('disconnect', () => inbox.closed());
  return makeWire(inbox, {
    ...countedSend((frame, done) => self.send?.(frame, undefined, undefined, done)),
    close: () => self.disconnect?.(),
  });
}

/** Host's end towards a utility process. Closing kills it. */
export function utilityWire(child: UtilityChild): Wire {
  const inbox = new Inbox();
  child.on('message', receiveInto(inbox));
  child.once('exit', () => inbox.closed());
  return makeWire(inbox, {
    post: (frame) => child.postMessage(frame),
    close: () => void child.kill(),
    bufferedBytes: () => 0,
  });
}

/** The utility process's end. Electron ends the process with its parent, so it never hears of a close. */
export function utilityParentWire(parent: UtilityParent): Wire {
  const inbox = new Inbox();
  parent.on('message', ({ data }) => receiveInto(inbox)(data));
  return makeWire(inbox, {
    post: (frame) => parent.postMessage(frame),
    close: () => process.exit(0),
    bufferedBytes: () => 0,
  });
}
