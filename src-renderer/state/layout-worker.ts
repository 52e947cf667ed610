/** Body of the worker that lays graphs out, so that the window does not stand still for large ones. */
import { tidyLayout, type LayoutTask } from './tidy-layout.ts';

addEventListener('message', ({ data }: MessageEvent<LayoutTask>) => {
  postMessage(tidyLayout(data));
});
