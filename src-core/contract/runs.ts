/** Service `runs`: the experiment store. */
import * as v from 'valibot';
import { call } from './define.ts';
import type { NetworkLook } from './network-look.ts';
import type {
  EpochRecord,
  ExportedFile,
  ExportedPart,
  ExportKindInfo,
  FilePredictions,
  Prediction,
  RunCurve,
  RunDetail,
  RunLook,
  RunSummary,
  TestScore,
} from './records.ts';
import {
  askedWeightsSchema,
  boundaryViewSchema,
  dataFileSchema,
  insightKindsSchema,
  jobSchema,
  nothing,
  runIdSchema,
  watchedSchema,
  weightsChoiceSchema,
} from './schemas.ts';

const PAGE = 500;
const MAX_ROWS = 100_000;
const MAX_BUCKETS = 4096;
const MAX_EPOCH = 1e9;
const epochSchema = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_EPOCH));
const exportKindSchema = v.pipe(v.string(), v.regex(/^[a-z0-9_]{1,32}$/));
const partSchema = v.pipe(v.number(), v.integer(), v.minValue(0));
const metricNameSchema = v.pipe(v.string(), v.regex(/^[a-z0-9_]{1,64}$/));

export const runsService = {
  name: 'runs',
  calls: {
    /** Newest first; `before` is the createdAt of the last row of the page before. */
    list: call<{ runs: readonly RunSummary[]; total: number }>()(
      v.strictObject({
        limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(PAGE)),
        before: v.optional(v.number()),
      }),
    ),
    get: call<RunDetail>()(v.strictObject({ runId: runIdSchema })),
    history: call<readonly EpochRecord[]>()(v.strictObject({ runId: runIdSchema })),
    /** One metric of a run over a range of epochs, as finely as it can be drawn: a million epochs cross as a few hundred points. */
    curve: call<RunCurve>()(
      v.strictObject({
        runId: runIdSchema,
        metric: metricNameSchema,
        from: epochSchema,
        to: epochSchema,
        buckets: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_BUCKETS)),
        /** One epoch of every part only, at once however many there are: a first picture, without the extremes. */
        isQuick: v.optional(v.boolean()),
      }),
    ),
    /** Hidden at once, erased when the host closes; `restore` brings it back until then. */
    delete: call<null>()(v.strictObject({ runId: runIdSchema })),
    restore: call<null>()(v.strictObject({ runId: runIdSchema })),
    /** A new run that stands where this one had saved its state, its history up to there with it; to be resumed. */
    branch: call<{ runId: string }>()(v.strictObject({ runId: runIdSchema, which: weightsChoiceSchema })),
    annotate: call<null>()(v.strictObject({ runId: runIdSchema, notes: v.string(), tags: v.array(v.string()) })),
    /** What `exportWeights` can make, in the order of a menu. */
    exportKinds: call<readonly ExportKindInfo[]>()(nothing),
    /**
     * Begins to make the saved state a file of that kind (without one: the weights file of formats.md section 3), whose parts
     * are then to be fetched. `data.cancel` gives it up.
     */
    exportWeights: call<ExportedFile>()(
      v.strictObject({
        runId: runIdSchema,
        which: weightsChoiceSchema,
        allowNonFinite: v.boolean(),
        kind: v.optional(exportKindSchema),
        job: jobSchema,
      }),
    ),
    /** The next part of that file, from number 0; each is given once. */
    exportPart: call<ExportedPart>()(v.strictObject({ job: jobSchema, part: partSchema })),
    /** Raw rows, as a person would write them (a category by its label), through the run's own standardisation. */
    predict: call<Prediction>()(
      v.strictObject({
        runId: runIdSchema,
        which: askedWeightsSchema,
        rows: v.pipe(v.array(v.array(v.union([v.number(), v.string()]))), v.maxLength(MAX_ROWS)),
      }),
    ),
    /**
     * The rows of an uploaded CSV file, by column name, through the run's own standardisation. `data.reading` tells how
     * far it is, `data.cancel` gives it up.
     */
    predictFile: call<FilePredictions>()(
      v.strictObject({ runId: runIdSchema, which: askedWeightsSchema, path: dataFileSchema, job: jobSchema }),
    ),
    /** One piece of the CSV text of the last predicted file, if it was predicted under that name. */
    predictionPart: call<Uint8Array>()(v.strictObject({ job: jobSchema, part: partSchema })),
    /** Scores the test part of the run's data; nothing else ever does. Watched and given up as `predictFile`. */
    scoreTest: call<TestScore>()(v.strictObject({ runId: runIdSchema, which: askedWeightsSchema, job: jobSchema })),
    /** What the plots of a run show that is not training: its boundary, its confusion matrix, the inside of its network. */
    look: call<RunLook>()(
      v.strictObject({
        runId: runIdSchema,
        which: weightsChoiceSchema,
        view: v.nullable(boundaryViewSchema),
        confusion: v.boolean(),
        insights: insightKindsSchema,
      }),
    ),
    /** Into the nodes of a stored run, as `training.watchNetwork` does with the one that trains. */
    inside: call<NetworkLook>()(
      v.strictObject({ runId: runIdSchema, which: weightsChoiceSchema, ...watchedSchema.entries }),
    ),
    count: call<number>()(nothing),
  },
  edits: ['delete', 'restore', 'branch', 'annotate'],
  events: ['changed'],
} as const;

export interface RunsEvents {
  /** A run was added, ended, edited or deleted. */
  readonly changed: { readonly runId: string };
}
