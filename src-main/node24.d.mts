/** Types of node24.mjs. */
import type { SpawnOptions } from 'node:child_process';

export const root: string;
export function findNode24(where?: { version?: string; folder?: string }): { path: string | null; problem: string };
export function requireNode24(): string;
export function exitCodeOf(code: number | null, signal: NodeJS.Signals | null): number;
export function runNode(path: string, args: readonly string[], options?: SpawnOptions): Promise<number>;
