/** What a lesson is: a few short steps, each with words on one side and something live on the other. */
import type { Pane } from './panes.ts';

export interface Lesson {
  readonly title: string;
  /** What a person can do afterwards, in one sentence. */
  readonly aim: string;
  readonly chapter: Chapter;
  /** Place in its chapter: they are read by rising numbers. */
  readonly place: number;
  /** The lecture that taught it. */
  readonly source: string;
  readonly steps: readonly [LessonStep, ...LessonStep[]];
}

/** Chapters in the order of the list. */
export const chapters = ['Graphs and backpropagation'] as const;
export type Chapter = (typeof chapters)[number];

export interface LessonStep {
  readonly title: string;
  /** Prose as prose.ts reads it: paragraphs, **strong**, $TeX$, $$TeX$$ and live numbers [[…]]. */
  readonly text: string;
  readonly pane: Pane;
  readonly question?: Question;
  readonly task?: Task;
  /** Numbers that prove the step, as they are printed elsewhere. */
  readonly expect?: readonly Expectation[];
}

/** Lines with **strong**, $TeX$ and live numbers too. */
export interface Question {
  readonly ask: string;
  readonly answer: string;
}

/** Something to bring about with the live pane; ticked off once it is so. */
export interface Task {
  /** A line as those of a question. */
  readonly text: string;
  /** A reading (readings.ts) and the range it has to be in, ends included. */
  readonly reading: string;
  readonly from: number;
  readonly to: number;
  /** Values of variables that do it. */
  readonly solution: Readonly<Record<string, number>>;
}

export interface Expectation {
  /** Where the numbers are printed: a row of the table that lists them, such as 'S44'. */
  readonly row: string;
  /** Values of variables other than those the step starts with. */
  readonly at?: Readonly<Record<string, number>>;
  /** Which of the pane's choices, from 0; the first when left out. */
  readonly choice?: number;
  /** Printed numbers by reading; they hold to the last printed digit. */
  readonly numbers: Readonly<Record<string, string>>;
}
