/** Lays graphs out in a worker that is started when it is first needed. */
import type { LayoutTask, Places } from './tidy-layout.ts';

/** Places for the nodes of a task. */
export type Arrange = (task: LayoutTask) => Promise<Places>;

/** One task after the other. */
export function arrangeInWorker(): Arrange {
  let worker: Worker | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  const run = (task: LayoutTask): Promise<Places> =>
    new Promise((resolve, reject) => {
      worker ??= new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' });
      worker.onmessage = ({ data }: MessageEvent<Places>) => resolve(data);
      worker.onerror = (event) => reject(new Error(`the layout worker failed: ${event.message}`));
      worker.postMessage(task);
    });
  return (task) => {
    const result = turn.then(() => run(task));
    turn = result.catch(() => undefined); // whoever asked is told
    return result;
  };
}
