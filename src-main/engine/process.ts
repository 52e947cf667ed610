/** What the supervisor knows of an engine process, whichever kind it is; and the few words they exchange beside the wire. */
import type { Wire } from '../../src-core/contract/wire.ts';

/** Host to engine. */
export const SHUTDOWN = 'shutdown';
/** Engine to host: it listens; and, last of all, it has handed over everything it had. */
export const READY = 'ready';
export const GOODBYE = 'goodbye';

export interface EngineProcess {
  readonly wire: Wire;
  /** One of the words above. */
  say(word: string): void;
  onWord(listener: (word: string) => void): void;
  /** Lines of its standard output, which carries the heartbeat. */
  onLine(listener: (line: string) => void): void;
  /** Exactly once, with what is known about the cause. */
  onExit(listener: (reason: string) => void): void;
  /** At once and in any state, stopped ones too. */
  kill(): void;
}

export type SpawnEngine = () => EngineProcess;

/** The environment an engine gets: what a program needs to run, and nothing that changes how Node runs it. */
export function engineEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const names = [
    'PATH',
    'HOME',
    'USERPROFILE',
    'TMPDIR',
    'TEMP',
    'TMP',
    'LANG',
    'LC_ALL',
    'TZ',
    'SystemRoot',
    'windir',
  ];
  const kept: Record<string, string> = {};
  for (const name of names) {
    const value = env[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}

/** Calls `listener` with each whole line of a stream of text. */
export function splitLines(stream: NodeJS.ReadableStream, listener: (line: string) => void): void {
  let rest = '';
  stream.on('data', (chunk: Buffer | string) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) listener(line);
  });
}
