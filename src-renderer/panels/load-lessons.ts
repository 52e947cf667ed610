/** The lessons and what shows them are loaded when they are first entered: formulas need fonts and a program of their own. */
import type { openRoom } from '../lessons/open-room.ts';
import type { AppState } from '../state/app.svelte.ts';

type Room = ReturnType<typeof openRoom>;

/** Gives the one room of this window; every call answers with the same. */
export function lessonsLoader(app: AppState): () => Promise<Room> {
  let loading: Promise<Room> | undefined;
  return () => (loading ??= import('../lessons/open-room.ts').then(({ openRoom }) => openRoom(app)));
}
