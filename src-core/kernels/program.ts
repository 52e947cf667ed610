/** The lowered program: values and flat lists of ops as plain data, for any backend to bind or interpret. */
import type { Attributes, ValueType } from '../ops/define.ts';

/**
 * - input, target, weights: fed from outside, one batch at a time
 * - parameter, slot, gradient: kept between steps
 * - result: read from outside after a section has run
 * - transient: lives from the op that makes it to the last one that reads it
 */
export type ValueRole = 'input' | 'target' | 'weights' | 'parameter' | 'slot' | 'gradient' | 'result' | 'transient';

/** A value with what it is for. */
export interface ProgramValue extends ValueType {
  readonly role: ValueRole;
  /** Key of a parameter ('h1.weight') or slot ('h1.weight/m'). */
  readonly key?: string;
}

/** One op as numbers and attributes. */
export interface ProgramOp {
  readonly id: string;
  /** Indices into `values`. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly attributes: Attributes;
  /** Names the random streams. */
  readonly node: string;
}

/**
 * A training step is forward, backward, update. `predict` computes the outputs in evaluation mode, `evaluate` goes on
 * from there to the loss. `penalty` stands alone.
 */
export const sectionNames = ['forward', 'backward', 'update', 'predict', 'evaluate', 'penalty'] as const;
/** Name of a section. */
export type SectionName = (typeof sectionNames)[number];

/** Sections that share one timeline: what the first leaves behind, the next may read. */
export const phases: Readonly<Record<'training' | 'evaluation' | 'penalty', readonly SectionName[]>> = {
  training: ['forward', 'backward', 'update'],
  evaluation: ['predict', 'evaluate'],
  penalty: ['penalty'],
};
/** Name of a timeline. */
export type Phase = keyof typeof phases;

/** What the runtime reads after a section; absent in a network that only predicts. */
export interface TrainingResults {
  /** Mean loss of the training batch, before `reduction`. */
  readonly meanLoss: number;
  /** What is differentiated: the mean, or the sum over rows. */
  readonly objective: number;
  /** 0, or NaN when a gradient is not finite. */
  readonly gradientCheck: number;
  /** 0, or NaN when a tensor is not finite after the update. */
  readonly weightCheck: number;
  readonly evaluationLoss: number;
  readonly penalty: number;
  readonly target: number;
  readonly weights: number;
  /** By parameter key. */
  readonly gradients: ReadonlyMap<string, number>;
  /** What each node answers in a training step and the gradient there, by node id; only where nodes are to be kept. */
  readonly nodes?: ReadonlyMap<string, TracedNode>;
}

/** A node of a training step. */
export interface TracedNode {
  readonly value: number;
  /** Gradient of the objective with respect to `gradientOf`; null where the objective does not depend on it. */
  readonly gradient: number | null;
  /** The node's output, or what enters its last activation where the loss is computed from there. */
  readonly gradientOf: 'output' | 'logits';
}

/** A tensor that is kept, read and written from outside. */
export interface ProgramTensor {
  readonly key: string;
  readonly value: number;
  readonly trained: boolean;
  /** Name of an initialiser or {"type": …}; slots start at zero. */
  readonly init: unknown;
}

/** Everything a backend needs to know. */
export interface Program {
  readonly values: readonly ProgramValue[];
  readonly sections: Readonly<Record<SectionName, readonly ProgramOp[]>>;
  readonly input: number;
  readonly prediction: number;
  /** Sorted by key. */
  readonly parameters: readonly ProgramTensor[];
  readonly slots: readonly ProgramTensor[];
  readonly training: TrainingResults | null;
  /** What each node answers in evaluation mode, by node id; only where that was asked to be kept. */
  readonly nodes?: ReadonlyMap<string, number>;
}
