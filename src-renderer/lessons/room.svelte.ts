/** The room of the lessons: the step that is open, and what is live in each step that has been visited. */
import { lessonList, type ListedLesson } from '../../src-core/lessons/registry.ts';
import type { LessonStep } from '../../src-core/lessons/define.ts';
import type { AppState } from '../state/app.svelte.ts';
import type { LessonPlace } from '../state/lessons.svelte.ts';
import { PaneState } from './pane-state.svelte.ts';

export interface OpenStep extends ListedLesson {
  readonly index: number;
  readonly step: LessonStep;
  readonly state: PaneState;
}

export class LessonRoom {
  readonly #app: AppState;
  /** By '<lesson> <step>': coming back to a step finds it as it was left. */
  readonly #states = new Map<string, PaneState>();

  constructor(app: AppState) {
    this.#app = app;
    app.lessons.prepare = (place) => this.#prepare(place);
    if (app.lessons.place !== null) this.#prepare(app.lessons.place);
  }

  readonly open: OpenStep | null = $derived.by(() => {
    const { place } = this.#app.lessons;
    const listed = lessonList.find(({ id }) => id === place?.id);
    const step = listed?.lesson.steps[place?.step ?? 0];
    const state = place === null ? undefined : this.#states.get(keyOf(place));
    if (listed === undefined || step === undefined || state === undefined || place === null) return null;
    return { ...listed, index: place.step, step, state };
  });

  #prepare(place: LessonPlace): void {
    const step = lessonList.find(({ id }) => id === place.id)?.lesson.steps[place.step];
    if (step !== undefined && !this.#states.has(keyOf(place))) this.#states.set(keyOf(place), new PaneState(step.pane));
  }

  /** The lesson that was closed last: its entry in the list takes the keyboard. */
  left: string | null = null;

  /** Back to the list. */
  close(): void {
    this.left = this.open?.id ?? null;
    this.#app.lessons.close();
  }

  /** Opens a lesson where it was left, from the start once it was finished. */
  enter({ id, lesson }: ListedLesson): void {
    const seen = this.#app.lessons.seen(id);
    this.#app.lessons.show({ id, step: seen >= lesson.steps.length ? 0 : Math.max(0, seen - 1) });
  }

  /** The neighbouring step, if there is one. */
  move(by: 1 | -1): void {
    if (this.open === null) return;
    const { id, index, lesson } = this.open;
    if (lesson.steps[index + by] !== undefined) this.#app.lessons.show({ id, step: index + by });
  }

  /** What comes after the open lesson. */
  get next(): ListedLesson | null {
    return lessonList[lessonList.findIndex(({ id }) => id === this.open?.id) + 1] ?? null;
  }
}

function keyOf({ id, step }: LessonPlace): string {
  return `${id} ${step}`;
}
