/** All of the window's state in one place, made once at start. */
import type { RunStatus } from '../../src-core/contract/records.ts';
import type { Fragment } from '../../src-core/graph/clipboard.ts';
import type { ProjectDocument } from '../../src-core/graph/model.ts';
import type { Arrange } from './arranger.ts';
import { DataState } from './data.svelte.ts';
import { DifferenceState } from './difference.svelte.ts';
import { HostState, type Services } from './host.svelte.ts';
import { LessonsState } from './lessons.svelte.ts';
import { LooksState } from './looks.svelte.ts';
import { NoticesState } from './notices.svelte.ts';
import { Pace } from './pace.ts';
import { ProjectState } from './project.svelte.ts';
import { keepRecovery } from './recovery.ts';
import { RunState } from './run.svelte.ts';
import { RunsState } from './runs.svelte.ts';
import { trainingKey } from './same-run.ts';
import { SelectionState } from './selection.svelte.ts';
import { SettingsState, type Keep } from './settings.svelte.ts';
import { TabsState } from './tabs.svelte.ts';
import { SurfacesState } from './surfaces.svelte.ts';

/** Of a run that another process is training at this moment. */
const ACTIVE: readonly RunStatus[] = ['running', 'paused'];
/** Ends nobody wished for. */
const FAILED: readonly RunStatus[] = ['failed', 'interrupted'];

export interface AppOptions {
  readonly document: ProjectDocument;
  readonly keep: Keep;
  readonly systemDark: boolean;
  /** Lays graphs out; absent: on this thread. */
  readonly arrange?: Arrange;
}

export class AppState {
  readonly host = new HostState();
  readonly notices = new NoticesState();
  readonly selection = new SelectionState();
  readonly surfaces = new SurfacesState();
  readonly settings: SettingsState;
  readonly lessons: LessonsState;
  readonly data: DataState;
  readonly project: ProjectState;
  readonly run: RunState;
  readonly runs: RunsState;
  readonly looks: LooksState;
  readonly difference: DifferenceState;
  readonly pace: Pace;
  readonly tabs: TabsState;
  readonly arrange: Arrange;
  /** What was copied on the canvas. */
  clipboard: Fragment | null = $state.raw(null);
  /** Sends an edit that waits to be kept by the host: before the page goes. */
  readonly keepNow: () => Promise<void>;

  constructor({ document, keep, systemDark, arrange = arrangeHere }: AppOptions) {
    this.arrange = arrange;
    this.settings = new SettingsState(keep, systemDark);
    this.lessons = new LessonsState(this.settings);
    this.data = new DataState(this.host);
    this.project = new ProjectState(document, () => this.data.facts);
    this.difference = new DifferenceState(this.project);
    this.pace = new Pace(this.host, this.settings);
    this.run = new RunState(this.host);
    this.run.onStarting((services) => this.pace.tell(services));
    this.runs = new RunsState(this.host);
    this.looks = new LooksState(this.host, this.run);
    this.data.show(document.data);
    this.project.onChange((next) => {
      this.data.show(next.data);
      this.selection.keepOnly(new Set(this.project.nodesById.keys()), new Set(this.project.edgeKeys));
      this.surfaces.keepOnly(this.project.nodesById);
    });
    this.run.onEnded((status, reason) => {
      if (reason !== null && status !== 'diverged')
        this.notices.say(FAILED.includes(status) ? 'error' : 'info', reason);
    });
    const { recovered, keepNow, hasUnkept, follow } = keepRecovery(this.host, this.project);
    this.keepNow = keepNow;
    this.project.onRefused = (error) => this.notices.refuse(error);
    this.tabs = new TabsState(this.host, {
      keepNow,
      hasUnkept,
      changed: (services) => void follow(services),
      watches: () => {
        this.project.isReadOnly = true;
        this.run.follows = true;
      },
      edits: async (services) => {
        await follow(services); // the last edit of the page before
        this.project.isReadOnly = false;
        this.run.follows = false;
        this.notices.say('info', 'You edit in this tab now');
      },
    });
    this.run.onNothing(async (services) => {
      await recovered;
      await this.#showLastRun(services);
    });
  }

  /** A window that opens on a document which was trained last shows how that went. */
  async #showLastRun(services: Services): Promise<void> {
    const [last] = (await services.runs.list({ limit: 1 })).runs;
    if (last === undefined || ACTIVE.includes(last.status)) return;
    const detail = await services.runs.get({ runId: last.id });
    if (!this.run.hasRun && trainingKey(detail.document) === this.#documentKey) await this.run.show(detail);
  }

  readonly #documentKey = $derived.by(() => trainingKey(this.project.document));
  readonly #runKey = $derived.by(() => (this.run.document === null ? null : trainingKey(this.run.document)));
  /** True while the run's results belong to another network, data or settings than those on the canvas. */
  readonly isStale: boolean = $derived.by(() => this.#runKey !== null && this.#runKey !== this.#documentKey);
}

const arrangeHere: Arrange = async (task) => (await import('./tidy-layout.ts')).tidyLayout(task);
