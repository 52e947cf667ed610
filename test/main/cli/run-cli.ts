/** Runs the command line as a person would, in a folder of its own, and gives back what it said. */
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../../../src-main/cli/cli.ts', import.meta.url));

export interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A fresh folder for files and store. */
export function freshFolder(): string {
  return mkdtempSync(join(tmpdir(), 'netloom-cli-'));
}

export interface Running {
  readonly said: Promise<Said>;
  readonly kill: (signal: 'SIGINT' | 'SIGKILL') => void;
  /** Resolves once standard error holds the text. */
  readonly until: (text: string) => Promise<void>;
}

/** Started and left running; `folder` is its working directory and holds its store. */
export function startCli(folder: string, ...words: readonly string[]): Running {
  const env = { ...process.env, NETLOOM_HOME: join(folder, 'home') };
  const child = spawn(process.execPath, [entry, ...words], { cwd: folder, env });
  let [out, err] = ['', ''];
  const watchers = new Set<() => void>();
  child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => {
    err += piece.toString();
    for (const watch of watchers) watch();
  });
  const said = new Promise<Said>((resolve) => child.on('close', (code) => resolve({ code, out, err })));
  const until = (text: string) =>
    new Promise<void>((resolve) => {
      const watch = () => {
        if (!err.includes(text)) return;
        watchers.delete(watch);
        resolve();
      };
      watchers.add(watch);
      watch();
    });
  return { said, kill: (signal) => child.kill(signal), until };
}

/** To its end. */
export function cli(folder: string, ...words: readonly string[]): Promise<Said> {
  return startCli(folder, ...words).said;
}
