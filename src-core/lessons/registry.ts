/** The lessons by id, and in the order in which they are read. */
import { registryOf } from '../lib/registry.ts';
import * as all from './all.ts';
import { chapters, type Lesson } from './define.ts';

export const lessons = registryOf(all) satisfies Readonly<Record<string, Lesson>>;

export interface ListedLesson {
  readonly id: string;
  readonly lesson: Lesson;
}

const rank = ({ chapter, place }: Lesson): readonly [number, number] => [chapters.indexOf(chapter), place];

/** Chapter by chapter, by rising place. */
export const lessonList: readonly ListedLesson[] = Object.entries<Lesson>(lessons)
  .map(([id, lesson]) => ({ id, lesson }))
  .sort((a, b) => {
    const [[chapterA, placeA], [chapterB, placeB]] = [rank(a.lesson), rank(b.lesson)];
    return chapterA - chapterB || placeA - placeB;
  });
