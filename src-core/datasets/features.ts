/** Derived inputs of generated points, as TensorFlow Playground offers them. */

export interface Feature {
  /** Raw columns it is made of. */
  readonly needs: readonly string[];
  /** Value from those columns, in order. */
  readonly of: (a: number, b: number) => number;
}

/** Features by the name that stands in project files. */
export const FEATURES: Readonly<Record<string, Feature>> = {
  x1: { needs: ['x1'], of: (a) => a },
  x2: { needs: ['x2'], of: (a) => a },
  'x1^2': { needs: ['x1'], of: (a) => a * a },
  'x2^2': { needs: ['x2'], of: (a) => a * a },
  'x1*x2': { needs: ['x1', 'x2'], of: (a, b) => a * b },
  'sin(x1)': { needs: ['x1'], of: (a) => Math.sin(a) },
  'sin(x2)': { needs: ['x2'], of: (a) => Math.sin(a) },
};
