/** Runs one of the plain scripts as a person would, and gives what it printed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  /** As a terminal does it: to the script and everything it has started. */
  pressCtrlC(): void;
  /** Resolves with the first match in what it prints; rejects when it ends before. */
  seen(pattern: RegExp): Promise<RegExpExecArray>;
}

/** @param env added to this process's environment; undefined removes a name */
export function startScript(
  node: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Running {
  const child = spawn(node, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  const finished = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }));
  const seen = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(stdout + stderr);
        if (match) resolve(match);
      };
      child.stdout.on('data', look);
      child.stderr.on('data', look);
      child.on('close', () => reject(new Error(`ended before ${pattern}: ${stdout}${stderr}`)));
      look();
    });
  const pressCtrlC = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
  };
  return { child, finished, pressCtrlC, seen };
}
