/** How components reach the window's state: provided once by App, read with `useApp()` while a component is made. */
import { createContext } from 'svelte';
import type { AppState } from './app.svelte.ts';

export const [useApp, provideApp] = createContext<AppState>();
