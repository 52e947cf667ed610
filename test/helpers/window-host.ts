/** A host for the window's state in tests: the real contract, codec, client and server over wires in memory; only the answers are scripted. */
import { appService, dataService, runsService, tabsService, trainingService } from '../../src-core/contract/all.ts';
import type { AppEvents } from '../../src-core/contract/app.ts';
import { Connection } from '../../src-core/contract/client.ts';
import type { Handlers } from '../../src-core/contract/define.ts';
import { Inbox } from '../../src-core/contract/inbox.ts';
import type { DataPreview, Progress } from '../../src-core/contract/records.ts';
import type { RunsEvents } from '../../src-core/contract/runs.ts';
import type { TabsEvents } from '../../src-core/contract/tabs.ts';
import type { TrainingEvents } from '../../src-core/contract/training.ts';
import type { Wire } from '../../src-core/contract/wire.ts';
import { Events } from '../../src-main/rpc/events.ts';
import { Tabs } from '../../src-main/host/tabs.ts';
import { implement, serve } from '../../src-main/rpc/serve.ts';
import { servicesOf, type Services } from '../../src-renderer/host/services.ts';

export interface Answers {
  readonly app: Handlers<typeof appService>;
  readonly data: Handlers<typeof dataService>;
  readonly runs: Handlers<typeof runsService>;
  readonly training: Handlers<typeof trainingService>;
}

/** Two ends of a wire; frames arrive in order, in a later microtask. */
export function memoryWires(): readonly [Wire, Wire] {
  const inboxes = [new Inbox(), new Inbox()] as const;
  const close = (): void => {
    for (const inbox of inboxes) inbox.closed();
  };
  const end = (mine: Inbox, theirs: Inbox): Wire => ({
    post: (frame) => queueMicrotask(() => theirs.receive(frame.slice())),
    onFrame: (listener) => mine.listen(listener),
    onClose: (listener) => mine.onClose(listener),
    close,
    bufferedBytes: () => 0,
  });
  return [end(inboxes[0], inboxes[1]), end(inboxes[1], inboxes[0])];
}

export const emptyPreview: DataPreview = {
  task: 'binary',
  inputNames: ['x1', 'x2'],
  fedNames: ['x1', 'x2'],
  targetNames: ['class'],
  classes: ['0', '1'],
  rowCount: 500,
  trainingCount: 250,
  validationCount: 250,
  testCount: 0,
  classCounts: [250, 250],
  partCounts: [
    [125, 125],
    [125, 125],
    [0, 0],
  ],
  rows: [],
  fed: { columns: [], rows: new Float32Array(0), parts: new Uint8Array(0) },
  points: { inputs: new Float32Array(0), targets: new Float32Array(0), validation: new Uint8Array(0) },
};

export const quietProgress: Progress = {
  runId: 'run-1',
  status: 'running',
  reason: null,
  epoch: 0,
  epochs: 300,
  step: 0,
  stepsPerEpoch: 8,
  learningRate: 0.02,
  samplesPerSecond: 0,
  etaSeconds: null,
  stepLosses: new Float64Array(0),
  records: [],
  boundary: null,
  confusion: null,
  insights: null,
  network: null,
  saving: false,
};

export class WindowHost {
  /** Calls in the order they came: 'training.start'. */
  readonly calls: string[] = [];
  readonly emitTraining: (progress: Progress) => void;
  readonly emitRuns: (runId: string) => void;
  /** The kept document is another one now. */
  readonly emitKept: () => void;
  readonly emitEngine: (event: AppEvents['engine']) => void;
  readonly #events = new Events();
  readonly #answers: Answers;
  readonly #tabs: Tabs;

  constructor(change: { readonly [K in keyof Answers]?: Partial<Answers[K]> } = {}) {
    this.#answers = this.#scripted(change);
    this.#tabs = new Tabs({ emit: this.#events.emitter<TabsEvents>(tabsService), onChange: () => {} });
    const training = this.#events.emitter<TrainingEvents>(trainingService);
    const runs = this.#events.emitter<RunsEvents>(runsService);
    const app = this.#events.emitter<AppEvents>(appService);
    this.emitTraining = (progress) => training('progress', progress);
    this.emitRuns = (runId) => runs('changed', { runId });
    this.emitKept = () => app('kept', null);
    this.emitEngine = (event) => app('engine', event);
  }

  /** Number of the page that edits. */
  get editor(): number | null {
    return this.#tabs.editor;
  }

  /** The page's end of a new wire. */
  open(): Wire {
    const [page, host] = memoryWires();
    const { app, data, runs, training } = this.#answers;
    this.#events.attach(host);
    const { handlers, mayEdit } = this.#tabs.open(host);
    serve(host, {
      mayEdit: () => this.#tabs.editor === null || mayEdit(), // parts of a window that are tested alone join nothing
      log: (line) => this.calls.push(`log: ${line}`),
      services: [
        implement(appService, app),
        implement(dataService, data),
        implement(runsService, runs),
        implement(tabsService, handlers),
        implement(trainingService, training),
      ],
    });
    return page;
  }

  /** Clients over a new wire. */
  connect(): Services {
    return servicesOf(new Connection(this.open()));
  }

  #scripted(change: { readonly [K in keyof Answers]?: Partial<Answers[K]> }): Answers {
    const note =
      <A, R>(name: string, answer: (args: A) => R) =>
      (args: A): R => {
        this.calls.push(name);
        return answer(args);
      };
    const refuse = (): never => {
      throw new Error('not scripted');
    };
    const file = { name: 'weights.json', leftOut: null };
    const scripted: Answers = {
      app: {
        info: () => ({ kind: 'browser', version: '0', nodeVersion: '24', engine: 'up', persistent: true }),
        recover: () => null,
        keep: note('app.keep', () => null),
        markSaved: note('app.markSaved', ({ recent }) => recent ?? 'new'),
        recent: () => [],
        openRecent: () => null,
        openFile: () => null,
        saveFile: () => null,
        beginFile: () => null,
        addToFile: () => null,
        finishFile: () => null,
        dropFile: () => null,
      },
      data: {
        upload: () => ({ path: null }),
        uploadFolder: () => ({ path: null }),
        dropUpload: () => null,
        inspectCsv: refuse,
        preview: note('data.preview', () => emptyPreview),
        cancel: () => null,
        files: () => [],
      },
      runs: {
        list: () => ({ runs: [], total: 0 }),
        get: refuse,
        history: () => [],
        curve: () => ({ epochs: new Float64Array(0), values: new Float64Array(0), count: 0 }),
        delete: () => null,
        restore: () => null,
        annotate: () => null,
        branch: () => ({ runId: 'run-2' }),
        exportKinds: () => [],
        exportWeights: note('runs.exportWeights', () => file),
        exportPart: () => ({ bytes: new Uint8Array([1]), share: 1, isLast: true }),
        predict: refuse,
        predictFile: refuse,
        predictionPart: refuse,
        scoreTest: refuse,
        inside: note('runs.inside', () => ({
          step: 0,
          phase: null,
          resolution: 0,
          nodes: [],
          tensors: [],
          unitPage: null,
        })),
        look: note('runs.look', () => ({ boundary: null, confusion: null, insights: null })),
        count: () => 0,
      },
      training: {
        start: note('training.start', () => ({ runId: 'run-1' })),
        resumeRun: note('training.resumeRun', () => ({ runId: 'run-2' })),
        pause: note('training.pause', () => null),
        continue: note('training.continue', () => null),
        stop: note('training.stop', () => null),
        step: note('training.step', () => null),
        setLearningRate: note('training.setLearningRate', () => null),
        setPace: note('training.setPace', () => null),
        watchBoundary: note('training.watchBoundary', () => null),
        watchNetwork: note('training.watchNetwork', () => null),
        watchInsights: note('training.watchInsights', () => null),
        current: () => null,
      },
    };
    return {
      app: { ...scripted.app, ...change.app },
      data: { ...scripted.data, ...change.data },
      runs: { ...scripted.runs, ...change.runs },
      training: { ...scripted.training, ...change.training },
    };
  }
}
