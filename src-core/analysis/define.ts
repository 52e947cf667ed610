/** What analysis says about a document: shapes, counts, and problems with the node they are about. */
import type { ProjectDocument } from '../graph/model.ts';
import type { Shape } from '../tensor/shape.ts';

export interface Problem {
  readonly severity: 'error' | 'warning';
  /** For programs: 'shape.dense_needs_vector', 'graph.cycle', … */
  readonly code: string;
  /** For people: names the place, what was expected, what was found, what to do. */
  readonly message: string;
  /** Id of the node it is about. */
  readonly node?: string;
  /** Index into graph.edges. */
  readonly edge?: number;
  /** Key of the document it is about: 'training.batch_size'. */
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
}
