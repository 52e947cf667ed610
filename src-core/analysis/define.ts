/** What analysis says about a document: shapes, counts, and problems with the node they are about. */
import type { ProjectDocument } from '../graph/model.ts';
import type { Shape } from '../tensor/shape.ts';

export interface Problem {
  readonly severity: 'error' | 'warning';
  /** For programs: 'shape.rank', 'graph.cycle', … */
  readonly code: string;
  /** For people: names the place, what was expected, what was found, what to do. */
  readonly message: string;
  /** Id of the node it is about. */
  readonly node?: string;
  /** Index into graph.edges. */
  readonly edge?: number;
  /** Key of the document it is about: 'training.batch_size', 'data.samples'; of a node: 'h1.units'. */
  readonly path?: string;
  readonly fix?: Fix;
}

/** A mend the user can apply with one press: the whole document afterwards. */
export interface Fix {
  /** 'Insert a flatten layer before out', 'Set units to 3'. */
  readonly label: string;
  readonly apply: (document: ProjectDocument) => ProjectDocument;
}

export interface NodeReport {
  readonly id: string;
  readonly inputShapes: readonly Shape[];
  /** Absent where it cannot be known because of a problem upstream. */
  readonly outputShape?: Shape;
  /** Trained parameters. */
  readonly parameterCount: number;
  /** Multiply-adds counted as two, forward pass, one row. */
  readonly flops: number;
}

export interface Analysis {
  readonly nodes: Readonly<Record<string, NodeReport>>;
  /** Topological order of the nodes that the input reaches; empty when there is a cycle. */
  readonly order: readonly string[];
  readonly problems: readonly Problem[];
  readonly parameterCount: number;
  readonly flops: number;
  /** What training will take, estimated (analysis/memory.ts). */
  readonly memoryBytes: number;
}

/** What is known about the loaded rows; without it, what the document alone tells is used. */
export interface DataFacts {
  readonly task: 'regression' | 'binary' | 'multiclass';
  /** Values a row feeds the network. */
  readonly inputSize: number;
  /** 0 for regression. */
  readonly classCount: number;
  /** Rows to train on. */
  readonly rowCount: number;
  /** Values a target has (regression with several columns); default 1. */
  readonly targetSize?: number;
  /** Least and largest target of a regression, as fed. */
  readonly targetRange?: readonly [number, number];
  /** Labels as written. */
  readonly classes?: readonly string[];
  readonly inputNames?: readonly string[];
  /** [min, max] of each input as written. */
  readonly inputRanges?: readonly (readonly [number, number])[];
}
