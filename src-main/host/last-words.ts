/** A bug in the host: it is written down, what runs is saved where that still works, and the process ends. */

const CLOSE_LIMIT_MS = 2_000;
const BUG_EXIT_CODE = 70; // EX_SOFTWARE of sysexits.h

export interface LastWordsOptions {
  readonly log: (line: string) => void;
  /** Saves and closes as at an ordinary end. */
  readonly close: () => Promise<void>;
  readonly exit: (code: number) => void;
}

export function onBug({ log, close, exit }: LastWordsOptions): void {
  let isEnding = false;
  const end = (error: unknown): void => {
    log(`internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    if (isEnding) return;
    isEnding = true;
    setTimeout(() => exit(BUG_EXIT_CODE), CLOSE_LIMIT_MS);
    void close().finally(() => exit(BUG_EXIT_CODE));
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}
