/** Requests from outside to end: Ctrl-C, the end of a terminal, the end of the system. */
import { isatty } from 'node:tty';

/** What a shell reports for a program that the signal ended. */
const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
export type EndSignal = keyof typeof exitCodes;

/** Without a terminal a launcher passes on what its whole group may have been sent too: so close together it is one request. */
const SAME_REQUEST_MS = 1_000;
const STANDARD_STREAMS = [0, 1, 2];

/** Calls `listener` at every request, with the exit code that belongs to it, as long as the process lives. */
export function onEndRequest(listener: (signal: EndSignal, exitCode: number) => void): void {
  const hasTerminal = STANDARD_STREAMS.some((stream) => isatty(stream));
  let last = Number.NEGATIVE_INFINITY;
  const heard = (signal: EndSignal): void => {
    const isRepeated = !hasTerminal && performance.now() - last < SAME_REQUEST_MS;
    last = performance.now();
    if (!isRepeated) listener(signal, exitCodes[signal]);
  };
  for (const signal of Object.keys(exitCodes) as EndSignal[]) process.on(signal, heard);
}
