/** The person at the terminal: Enter gives another address, Ctrl-C ends, and while a run trains it is asked about first. */
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import type { Question } from '../host.ts';

export interface TerminalOptions {
  readonly isTraining: () => boolean;
  readonly newAddress: () => string;
  readonly print: (line: string) => void;
}

export class Terminal {
  readonly #options: TerminalOptions;
  /** Null where nobody sits in front of it. */
  readonly #lines: Interface | null;
  #isAsked = false;

  constructor(options: TerminalOptions) {
    this.#options = options;
    this.#lines = process.stdin.isTTY ? createInterface({ input: process.stdin }) : null;
    this.#lines?.on('line', () => this.#enter());
  }

  /** Called at every Ctrl-C. */
  mayEnd(): boolean {
    if (this.#lines === null || this.#isAsked || !this.#options.isTraining()) return true;
    this.#isAsked = true;
    this.#options.print('A run is training. Ctrl-C again: save it and end. Enter: go on.');
    return false;
  }

  close(): void {
    this.#lines?.close();
  }

  #enter(): void {
    const { newAddress, print } = this.#options;
    print(this.#isAsked ? 'Netloom goes on.' : newAddress());
    this.#isAsked = false;
  }
}

/** False where nobody sits in front of it. */
export async function askInTerminal(
  { message, detail, yes }: Question,
  print: (line: string) => void,
): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  print(`${message} ${detail}`);
  print(`${yes}? Type yes and press Enter, or press Enter alone to leave it:`);
  const lines = createInterface({ input: process.stdin });
  try {
    const [answer] = (await once(lines, 'line')) as [string];
    return answer.trim().toLowerCase() === 'yes';
  } finally {
    lines.close();
  }
}
