/** What the curve plots are told of the window's run: its newest epochs as they stand, earlier ones as the store draws them. */
import type { AppState } from '../state/app.svelte.ts';
import type { Zoom } from '../ui/charts/zoom.ts';
import { PastCurves, type PastWanted } from './past-curves.svelte.ts';
import { NO_PAST, type RunCurves } from './run-columns.ts';

interface Seen {
  readonly metrics: readonly string[];
  readonly zoom: Zoom;
  readonly buckets: number;
}

/** For one plot: call it while the component is set up. `seen` is read again and again. */
export function useRunCurves({ run, host, notices }: AppState, seen: () => Seen): { readonly curves: RunCurves } {
  const past = new PastCurves((error) => notices.refuse(error));
  const wanted = $derived.by((): PastWanted | null => {
    const { runId, history } = run;
    if (host.services === null || runId === null || history.storedTo === 0) return null;
    return { services: host.services, runId, whole: [0, history.storedTo], ...seen() };
  });
  $effect(() => past.want(wanted));
  $effect(() => () => past.want(null));
  const curves = $derived<RunCurves>({
    records: run.history.records,
    past: wanted === null ? NO_PAST : past.curves(wanted, wanted.zoom),
    last: run.history.last,
    best: run.history.best,
  });
  return {
    get curves() {
      return curves;
    },
  };
}
