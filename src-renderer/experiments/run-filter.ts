/** Which of the stored runs are listed, and in which order. */
import type { RunStatus, RunSummary } from '../../src-core/contract/records.ts';

export const ORDERS = {
  newest: 'Newest',
  oldest: 'Oldest',
  best: 'Best loss',
  name: 'Name',
  epochs: 'Longest',
} as const;
export type RunOrder = keyof typeof ORDERS;

export interface RunQuery {
  /** Words that must all be found in name, notes, tags or reason. */
  readonly search: string;
  readonly status: RunStatus | 'all';
  readonly order: RunOrder;
}

export const ALL_RUNS: RunQuery = { search: '', status: 'all', order: 'newest' };

/** True when the answer needs every run there is, not only the newest page. */
export function needsAll({ search, status, order }: RunQuery): boolean {
  return search.trim() !== '' || status !== 'all' || order !== 'newest';
}

/** @param runs newest first */
export function filterRuns(runs: readonly RunSummary[], query: RunQuery): readonly RunSummary[] {
  const words = query.search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = runs.filter((run) => {
    if (query.status !== 'all' && run.status !== query.status) return false;
    const text = [run.name, run.notes, run.reason ?? '', ...run.tags].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return query.order === 'newest' ? found : [...found].sort(COMPARE[query.order]);
}

/** Held-out rows where there are any; a run without a score comes last. */
function bestLoss({ best }: RunSummary): number {
  const loss = best?.val_loss ?? best?.loss ?? NaN;
  return Number.isFinite(loss) ? loss : Infinity;
}

const byNumber = (a: number, b: number): number => (a === b ? 0 : a - b);
const COMPARE: Readonly<Record<RunOrder, (a: RunSummary, b: RunSummary) => number>> = {
  newest: (a, b) => b.createdAt - a.createdAt,
  oldest: (a, b) => a.createdAt - b.createdAt,
  best: (a, b) => byNumber(bestLoss(a), bestLoss(b)),
  name: (a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }),
  epochs: (a, b) => b.epoch - a.epoch,
};

/** 'deep, to keep' → ['deep', 'to keep']: without empty ones, each once. */
export function tagsOf(text: string): readonly string[] {
  return [...new Set(text.split(',').map((tag) => tag.trim()))].filter(Boolean);
}
