/** Which lines a curve plot draws, and what it says about a single epoch: no drawing here. */
import { curvePart, fillPoints, type Curve, type Point } from '../ui/charts/downsample.ts';
import { smooth } from '../ui/charts/smooth.ts';

/** One line of a plot. Points are reused from frame to frame. */
export interface Line {
  readonly id: string;
  readonly label: string;
  readonly role: 'train' | 'validation' | 'steps';
  /** Tells metrics of one plot apart by colour; 0 for the loss. */
  readonly hue: number;
  readonly points: Point[];
}

/** How a curve is drawn. */
export interface LineOptions {
  /** 0 … 1 */
  readonly smoothing: number;
  /** About the number of pixel columns. */
  readonly buckets: number;
  /** Only this part is seen, in all its detail; null for all of it. */
  readonly zoom?: readonly [number, number] | null;
}

interface LineSource {
  readonly id: string;
  readonly label: string;
  readonly role: Line['role'];
  readonly hue?: number;
  readonly curve: Curve;
}

/** Keeps the buffers of one plot: point objects and smoothed values, by line. */
export class LineBuffers {
  readonly #points = new Map<string, Point[]>();
  readonly #smoothed = new Map<string, Float64Array>();

  line({ id, label, role, hue = 0, curve }: LineSource, { smoothing, buckets, zoom = null }: LineOptions): Line {
    const points = this.#points.get(id) ?? [];
    this.#points.set(id, points);
    const whole = smoothing > 0 ? this.#smooth(id, curve, smoothing) : curve;
    fillPoints(points, zoom === null ? whole : curvePart(whole, zoom), buckets);
    return { id, label, role, hue, points };
  }

  #smooth(id: string, curve: Curve, amount: number): Curve {
    let buffer = this.#smoothed.get(id);
    if (!buffer || buffer.length < curve.length) {
      buffer = new Float64Array(curve.length * 2);
      this.#smoothed.set(id, buffer);
    }
    return { x: curve.x, y: smooth(curve, amount, buffer), length: curve.length };
  }
}

const METRIC_NAMES: Readonly<Record<string, string>> = {
  loss: 'Loss',
  accuracy: 'Accuracy',
  precision: 'Precision',
  recall: 'Recall',
  f1: 'F1',
  auc: 'AUC',
  mae: 'Mean absolute error',
  mse: 'Mean squared error',
  rmse: 'Root mean squared error',
  r2: 'R²',
  penalty: 'Penalty',
  mistakes: 'Mistakes',
};

/** 'val_accuracy' → 'Accuracy'; unknown names keep their own, with spaces. */
export function metricLabel(name: string): string {
  const base = name.replace(/^val_/, '');
  const words = base.replaceAll('_', ' ');
  return METRIC_NAMES[base] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/** The metrics of a run without the validation twins, loss left out. */
export function baseMetrics(names: readonly string[]): readonly string[] {
  return [...new Set(names.map((name) => name.replace(/^val_/, '')))].filter((name) => name !== 'loss');
}
