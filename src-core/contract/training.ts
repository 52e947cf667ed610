/** Service `training`: the one active run of this host, driven from the window. */
import * as v from 'valibot';
import { call } from './define.ts';
import type { NetworkLook } from './network-look.ts';
import type { Progress } from './records.ts';
import { mergeProgress } from './merge-progress.ts';
import {
  boundaryViewSchema,
  documentSchema,
  insightKindsSchema,
  nothing,
  runIdSchema,
  watchedSchema,
} from './schemas.ts';

/** Slower is not to be watched, faster not to be told from full speed. */
const paceSchema = v.nullable(v.pipe(v.number(), v.minValue(0.01), v.maxValue(1000)));
const learningRateSchema = v.pipe(v.number(), v.finite(), v.gtValue(0));

export const trainingService = {
  name: 'training',
  calls: {
    /** Starts a new run of the document; `paused` leaves it at its initial weights, ready to step. */
    start: call<{ runId: string }>()(v.strictObject({ document: documentSchema, paused: v.boolean() })),
    /** Goes on from a run's last checkpoint, bit for bit unless a learning rate of its own is asked for. */
    resumeRun: call<{ runId: string }>()(
      v.strictObject({
        runId: runIdSchema,
        epochs: v.optional(v.number()),
        learningRate: v.optional(learningRateSchema),
      }),
    ),
    pause: call<null>()(nothing),
    continue: call<null>()(nothing),
    /** Ends the run and saves it. Answers when the engine has stopped stepping: within 100 ms. */
    stop: call<null>()(nothing),
    /**
     * One batch, or to the end of the epoch, or the next phase of a batch: forward, backward, update. Then paused; the
     * network look tells of the phase.
     */
    step: call<null>()(v.strictObject({ unit: v.picklist(['batch', 'epoch', 'phase']) })),
    setLearningRate: call<null>()(v.strictObject({ value: learningRateSchema })),
    /** Holds this host's runs back to so many epochs per second, so that they can be watched; null: full speed. Changes no result. */
    setPace: call<null>()(v.strictObject({ epochsPerSecond: paceSchema })),
    /** Which two inputs the boundary shows; null switches the stream off. */
    watchBoundary: call<null>()(v.strictObject({ view: v.nullable(boundaryViewSchema) })),
    /** Which summaries of the network's inside are shown; an empty list switches the stream off. */
    watchInsights: call<null>()(v.strictObject({ kinds: insightKindsSchema })),
    /**
     * Which nodes are looked into while training, and whose weights are shown; no nodes and null switch it off. Answers
     * with a first look at the engine's run, active or over; null without one.
     */
    watchNetwork: call<{ runId: string; network: NetworkLook } | null>()(watchedSchema),
    /** The active run as it stands, for a window that has just opened; null when there is none. */
    current: call<Progress | null>()(nothing),
  },
  edits: ['start', 'resumeRun', 'pause', 'continue', 'stop', 'step', 'setPace', 'setLearningRate'],
  events: ['progress'],
  display: { progress: mergeProgress },
} as const;

export interface TrainingEvents {
  /** At most one per frame (16 ms); the last one of a run has a final status. */
  readonly progress: Progress;
}
