/** What a command of the command line is, and what it may use of the world around it. */
import type { Command } from 'commander';

export interface Surroundings {
  /** Results, for standard output: written as given. */
  readonly print: (text: string) => void;
  /** Progress and messages, for standard error: one line. */
  readonly log: (line: string) => void;
  /** Draws over the last line of a terminal; null where standard error is none. */
  readonly redraw: ((line: string) => void) | null;
  /** Folder that the app keeps its things in. */
  readonly dataFolder: string;
  /** Aborted by Ctrl-C and the like, with the exit code as its reason: save, then end. */
  readonly interrupted: AbortSignal;
  /** What the program will end with. */
  readonly setExitCode: (code: number) => void;
}

/** Adds the command to the program. */
export type CommandDefinition = (program: Command, around: Surroundings) => void;

/** An action for commander out of a function that answers with the exit code. */
export function exiting<A extends unknown[]>(
  { setExitCode }: Surroundings,
  work: (...args: A) => number | Promise<number>,
): (...args: A) => Promise<void> {
  return async (...args) => setExitCode(await work(...args));
}

export const EXIT = { done: 0, failed: 1, usage: 2 } as const;
