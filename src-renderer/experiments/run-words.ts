/** Runs in words: status, time, what differs from now. */
import type { RunStatus, RunSummary } from '../../src-core/contract/records.ts';
import { formatNumber, formatShare } from '../ui/charts/scale.ts';

const STATUS_WORDS: Readonly<Record<RunStatus, string>> = {
  running: 'Running',
  paused: 'Paused',
  done: 'Done',
  stopped: 'Stopped',
  interrupted: 'Interrupted',
  diverged: 'Diverged',
  failed: 'Failed',
};

/** Every status, in the order of the filter. */
export const STATUSES = Object.keys(STATUS_WORDS) as readonly RunStatus[];

export function statusWord(status: RunStatus): string {
  return STATUS_WORDS[status];
}

/** How a status is told apart beside its word. */
export function statusTone(status: RunStatus): 'active' | 'good' | 'quiet' | 'bad' {
  switch (status) {
    case 'running':
    case 'paused':
      return 'active';
    case 'done':
      return 'good';
    case 'stopped':
    case 'interrupted':
      return 'quiet';
    case 'diverged':
    case 'failed':
      return 'bad';
  }
}

/** The number a person would judge the run by: accuracy where there is one, else the loss; held-out rows first. */
export function bestWord({ best }: Pick<RunSummary, 'best'>): string {
  if (best === null) return '–';
  const accuracy = best['val_accuracy'] ?? best['accuracy'];
  if (accuracy !== undefined) return formatShare(accuracy);
  return `loss ${formatNumber(best.val_loss ?? best.loss)}`;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** 'just now', '5 min ago', '3 h ago', then the date. */
export function agoWord(then: number, now: number): string {
  const passed = now - then;
  if (passed < MINUTE_MS) return 'just now';
  if (passed < HOUR_MS) return `${Math.floor(passed / MINUTE_MS)} min ago`;
  if (passed < DAY_MS) return `${Math.floor(passed / HOUR_MS)} h ago`;
  return new Date(then).toLocaleDateString(undefined, { year: 'numeric', month: 'short', day: 'numeric' });
}

/** A run can go on when it is neither going on now nor finished for good. */
export function canResume({ status, epoch, epochs }: Pick<RunSummary, 'status' | 'epoch' | 'epochs'>): boolean {
  if (status === 'running' || status === 'diverged' || status === 'failed') return false;
  return epoch < epochs;
}
