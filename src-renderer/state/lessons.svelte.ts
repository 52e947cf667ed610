/** Which step of which lesson is open. The lessons themselves are loaded when their room is first entered. */
import type { SettingsState } from './settings.svelte.ts';

export interface LessonPlace {
  readonly id: string;
  /** From 0. */
  readonly step: number;
}

export class LessonsState {
  #place: LessonPlace | null = $state.raw(null);
  readonly #settings: SettingsState;
  /** Called before a step is shown; the room makes ready what is live in it. */
  prepare: (place: LessonPlace) => void = () => {};

  constructor(settings: SettingsState) {
    this.#settings = settings;
  }

  get place(): LessonPlace | null {
    return this.#place;
  }

  /** True while a lesson stands where the network's canvas is otherwise. */
  get isShown(): boolean {
    return this.#place !== null && this.#settings.leftPanel === 'lessons';
  }

  /** Steps of a lesson that have been seen. */
  seen(id: string): number {
    return this.#settings.lessonProgress[id] ?? 0;
  }

  /** Shows a step, and the panel with it. */
  show(place: LessonPlace): void {
    this.prepare(place);
    this.#place = place;
    const { id, step } = place;
    const progress = { ...this.#settings.lessonProgress, [id]: Math.max(this.seen(id), step + 1) };
    this.#settings.set({ leftPanel: 'lessons', lessonProgress: progress });
  }

  /** Back to the list; the canvas comes back. */
  close(): void {
    this.#place = null;
  }
}
