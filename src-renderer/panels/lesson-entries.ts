/** The lessons in the command palette, by their titles: loaded when it is opened. */
import type { AppState } from '../state/app.svelte.ts';
import type { PaletteEntry } from './palette-entry.ts';

export async function lessonEntries({ lessons }: AppState): Promise<readonly PaletteEntry[]> {
  const { lessonList } = await import('../../src-core/lessons/registry.ts');
  return lessonList.map(({ id, lesson }) => ({
    id: `lesson-${id}`,
    label: lesson.title,
    note: 'Lesson',
    run: () => lessons.show({ id, step: 0 }),
  }));
}
