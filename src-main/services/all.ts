/** All services of a host over its store and its engine, whichever shell it is. */
import { createApp } from './app.ts';
import { createData } from './data.ts';
import type { Store } from '../store/store.ts';
import type { Services, ServicesOptions } from './define.ts';
import { createRuns } from './runs.ts';
import { Training } from './training.ts';

/** Makes the services, starts the engine and marks runs interrupted whose process is gone. */
export function createServices(options: ServicesOptions & { readonly store: Store }): Services {
  const { store, writes, supervisor, emit } = options;
  store.interruptOrphans(); // before there is a window that would have to wait
  store.eraseHidden(); // what a host that was killed could not
  const training = new Training(options);
  const app = createApp(options);
  const data = createData(options);
  const changed = (runId: string): void => emit.runs('changed', { runId });
  const unlisten = supervisor.listen({ state: (state, reason) => emit.app('engine', { state, reason }) });
  supervisor.start();
  return {
    app: app.handlers,
    training: training.handlers,
    runs: createRuns({ ...options, changed, activeRunId: () => training.activeRunId }),
    data: data.handlers,
    isTraining: () => training.isTraining,
    close: async () => {
      await training.close();
      await data.close();
      await app.close();
      unlisten();
      await writes.eraseHidden();
      if (options.isPersistent) await writes.backUpDaily();
    },
  };
}
