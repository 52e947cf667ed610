/** Starts the window: state, connection, error hook, and the first component. */
import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import '@xyflow/svelte/dist/style.css';
import './theme/tokens.css';
import './theme/base.css';
import './ui/control.css';
import { mount } from 'svelte';
import { present } from '../src-core/lib/assert.ts';
import { AppError } from '../src-core/lib/errors.ts';
import { RemoteError } from '../src-core/contract/client.ts';
import { twoSpirals } from '../src-core/templates/two-spirals.ts';
import App from './App.svelte';
import { Link } from './host/link.ts';
import { openWire } from './host/pick.ts';
import { AppState } from './state/app.svelte.ts';
import { arrangeInWorker } from './state/arranger.ts';

const dark = matchMedia('(prefers-color-scheme: dark)');
const app = new AppState({
  document: twoSpirals.document,
  keep: localStorage,
  systemDark: dark.matches,
  arrange: arrangeInWorker(),
});
dark.addEventListener('change', ({ matches }) => app.settings.systemTheme(matches));
document.documentElement.dataset.theme = app.settings.theme;

/** What a person caused is told as a message; anything else is a bug of ours and stays on the screen. */
function report(error: unknown): void {
  if (error instanceof AppError || (error instanceof RemoteError && error.code !== 'internal')) {
    app.notices.refuse(error);
  } else {
    app.notices.report(error);
  }
}
addEventListener('error', ({ error, message }) => {
  // Not an error: a size settled one frame later than it might have (Resize Observer, section 3.4.7).
  if (!message.startsWith('ResizeObserver loop')) report(error ?? message);
});
addEventListener('unhandledrejection', (event) => {
  report(event.reason);
  // Told to the person already; a bug still reaches the console.
  if (event.reason instanceof AppError || event.reason instanceof RemoteError) event.preventDefault();
});

app.host.attach(
  new Link(openWire, { connected: (services) => app.host.up(services), disconnected: () => app.host.down() }),
);
mount(App, { target: present(document.getElementById('app'), 'the app element'), props: { app } });
