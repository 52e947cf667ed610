/** Starts and ends things again and again in one host, and counts what is left behind. */
import { readdirSync } from 'node:fs';
import type { TestHost } from '../main/services/helpers.ts';
import { recipe } from '../main/services/helpers.ts';
import { children } from '../main/engine/helpers.ts';

export interface Left {
  readonly files: number;
  readonly children: number;
  readonly listeners: number;
  readonly temps: number;
}

const EVENTS = ['exit', 'SIGINT', 'SIGTERM', 'uncaughtException', 'unhandledRejection', 'disconnect', 'message'];

/** Open files, child processes, listeners of the process and hidden files of this moment. */
export function countLeft(host: TestHost): Left {
  return {
    files: readdirSync('/proc/self/fd').length,
    children: children().length,
    listeners: EVENTS.reduce((sum, name) => sum + process.listenerCount(name), 0),
    temps: readdirSync(host.folder).filter((name) => name.includes('tmp')).length,
  };
}

/** One run: started, a batch, stopped. */
export async function startAndStop(host: TestHost): Promise<void> {
  host.progress.length = 0;
  const { runId } = await host.training.start({ document: recipe({ samples: 40 }), paused: true });
  await host.training.step({ unit: 'batch' });
  await host.until((progress) => progress.step === 1);
  await host.training.stop({});
  await host.untilStatus(runId, 'stopped');
}
