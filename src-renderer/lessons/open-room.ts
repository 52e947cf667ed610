/** What the window loads when the lessons are first shown. */
import type { AppState } from '../state/app.svelte.ts';
import LessonCheck from './LessonCheck.svelte';
import LessonsPanel from './LessonsPanel.svelte';
import LessonStage from './LessonStage.svelte';
import { LessonRoom } from './room.svelte.ts';

export function openRoom(app: AppState) {
  return { room: new LessonRoom(app), Panel: LessonsPanel, Stage: LessonStage, Check: LessonCheck };
}
