/** Plain data that crosses between window, host and engine: runs, metrics, previews, boundary grids. */
import type { ProjectDocument } from '../graph/model.ts';
import type { Insights } from './insights.ts';
import type { NetworkLook } from './network-look.ts';

/**
 * `diverged`: a loss or weight stopped being finite. `interrupted`: the process died under it. `paused`: resumable at once.
 */
export type RunStatus = 'running' | 'paused' | 'done' | 'stopped' | 'interrupted' | 'diverged' | 'failed';

/** One line of the history: formats.md section 4. Beside loss and val_loss stand the metrics, as accuracy and val_accuracy. */
export interface EpochRecord {
  readonly epoch: number;
  readonly step: number;
  readonly loss: number;
  readonly val_loss?: number;
  readonly [metric: string]: number | undefined;
}

export interface RunSummary {
  readonly id: string;
  readonly name: string;
  readonly status: RunStatus;
  /** Why it ended, in a sentence, where there is something to say. */
  readonly reason: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly epoch: number;
  readonly epochs: number;
  readonly step: number;
  readonly bestEpoch: number | null;
  readonly last: EpochRecord | null;
  readonly best: EpochRecord | null;
  readonly parameterCount: number;
  readonly notes: string;
  readonly tags: readonly string[];
  /** At most 64 validation (else training) losses over the run, for the sparkline. */
  readonly sparkline: readonly number[];
}

export interface RunDetail extends RunSummary {
  /** The document the run was made from. */
  readonly document: ProjectDocument;
}

/** Probabilities (or outputs) of the network over a grid of two inputs; the other inputs rest at their means. */
export interface BoundaryGrid {
  readonly resolution: number;
  /** The plotted inputs, by their number. */
  readonly x: number;
  readonly y: number;
  /** Ranges of the two plotted inputs in raw (not standardised) units. */
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
  readonly outputCount: number;
  /** [resolution × resolution × outputCount], rows from low y to high y. */
  readonly values: Float32Array;
}

/** Sent at most once per frame while a run is active. */
export interface Progress {
  readonly runId: string;
  readonly status: RunStatus;
  readonly reason: string | null;
  readonly epoch: number;
  readonly epochs: number;
  readonly step: number;
  readonly stepsPerEpoch: number;
  readonly learningRate: number;
  readonly samplesPerSecond: number;
  readonly etaSeconds: number | null;
  /** Mean batch losses since the last event, at most 64 (mean of neighbours beyond that): [step, loss, step, loss, …]. */
  readonly stepLosses: Float64Array;
  /** Epochs finished since the last event. */
  readonly records: readonly EpochRecord[];
  readonly boundary: BoundaryGrid | null;
  /** [classes × classes], rows true, columns predicted, on validation rows (training rows without validation). */
  readonly confusion: Float64Array | null;
  /** What `watchInsights` asked for. */
  readonly insights: Insights | null;
  /** What `watchNetwork` asked for, about ten times a second. */
  readonly network: NetworkLook | null;
  /** At rest: its state is not in the store yet. */
  readonly saving: boolean;
}

/** One metric over the epochs of a run, drawn from at most four points of each part: first, lowest, highest, last. */
export interface RunCurve {
  readonly epochs: Float64Array;
  readonly values: Float64Array;
  /** Epochs there are in the range asked for. */
  readonly count: number;
}

/** A stored run looked at: what a window shows of it, as it would of a live one. */
export interface RunLook {
  readonly boundary: BoundaryGrid | null;
  readonly confusion: Float64Array | null;
  readonly insights: Insights | null;
}

export interface DataColumn {
  readonly name: string;
  readonly type: 'number' | 'category';
  readonly missing: number;
  /** Numbers only. */
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  /** Population deviation. */
  readonly std: number | null;
  /** Categories only: the first 100 labels in order. */
  readonly labels: readonly string[];
  /** Rows in each of equally wide bins from min to max, or of each of the labels. */
  readonly bins: readonly number[];
  /** Cells that are no numbers where nearly all of the column's are; else null. */
  readonly strays: { readonly count: number; readonly cells: readonly string[] } | null;
}

/** How far the reading of a data file has come. */
export interface Reading {
  /** As its caller named it. */
  readonly job: string;
  /** 0 … 1. */
  readonly share: number;
}

/** A column as the network is fed it, over the training rows. */
export interface FedColumn {
  readonly name: string;
  readonly mean: number;
  /** Population deviation. */
  readonly std: number;
  readonly min: number;
  readonly max: number;
  /** Rows in each of equally wide bins from min to max. */
  readonly bins: readonly number[];
  /** What was taken off and divided by before; null: fed as it is. */
  readonly scaling: { readonly mean: number; readonly std: number } | null;
}

/** The rows behind features, one-hot columns and standardisation. */
export interface FedRows {
  /** At most the first 200. */
  readonly columns: readonly FedColumn[];
  /** The first rows [rows × fedNames]; empty where they are too wide to be read. */
  readonly rows: Float32Array;
  /** The part each of the first rows is in: 0 training, 1 validation, 2 test. */
  readonly parts: Uint8Array;
}

/** What the network will be fed, for the data panel and the plots. */
export interface DataPreview {
  readonly task: 'regression' | 'binary' | 'multiclass';
  /** Raw input columns; boundary views count these. */
  readonly inputNames: readonly string[];
  /** What the network's inputs are, in order, where features or one-hot columns are derived: 'x1^2', 'colour=red'. */
  readonly fedNames: readonly string[];
  readonly targetNames: readonly string[];
  readonly classes: readonly string[];
  /** Of a regression: least and largest target as fed. */
  readonly targetRange?: readonly [number, number];
  readonly rowCount: number;
  readonly trainingCount: number;
  readonly validationCount: number;
  /** Rows kept for a test on request; no point of theirs is among `points`. */
  readonly testCount: number;
  /** Rows of each class, all parts together. */
  readonly classCounts: readonly number[];
  /** Rows of each class in each part: [training, validation, test][class]. */
  readonly partCounts: readonly (readonly number[])[];
  /** First 100 rows as written in the data. */
  readonly rows: readonly (readonly string[])[];
  readonly fed: FedRows;
  /** At most 2,000 points: raw inputs [count × inputs], targets (class index or value), and which are held out. */
  readonly points: {
    readonly inputs: Float32Array;
    readonly targets: Float32Array;
    readonly validation: Uint8Array;
  };
}

/** A CSV file read far enough to choose target and features. */
export interface CsvInspection {
  readonly path: string;
  readonly delimiter: string;
  readonly decimal: string;
  readonly header: boolean;
  /** How bytes that are not UTF-8 were read. */
  readonly charset: string;
  /** What stands for no value beside empty cells; they are empty in `rows`. */
  readonly missingValues: readonly string[];
  readonly rowCount: number;
  readonly columns: readonly DataColumn[];
  readonly rows: readonly (readonly string[])[];
}

export type WeightsChoice = 'best' | 'last';
/** Those of a stored state, or as they stand at this moment in the run that is active. */
export type AskedWeights = WeightsChoice | 'current';

/** The test part of a run's data, scored because somebody asked. */
export interface TestScore {
  readonly rows: number;
  /** Mean loss, of standardised targets where they are. */
  readonly loss: number;
  readonly metrics: Readonly<Record<string, number>>;
  readonly classes: readonly string[];
  /** [true][predicted]; null for regression. */
  readonly confusion: readonly (readonly number[])[] | null;
  /** Where training stood when the weights that were scored were saved. */
  readonly epoch: number;
  readonly step: number;
}

/** Something a trained network can be taken home as. */
export interface ExportKindInfo {
  readonly id: string;
  readonly label: string;
  readonly summary: string;
  /** Ending of its file, with the dot. */
  readonly extension: string;
}

/** A file that is being made for the person to keep: `runs.exportPart` gives one part after the other. */
export interface ExportedFile {
  readonly name: string;
  /** What is not in it although it could be, and why; null: all of it is there. */
  readonly leftOut: string | null;
}

/** Bytes that follow those of the part before. */
export interface ExportedPart {
  readonly bytes: Uint8Array;
  /** How much of the file is made with it, about: 0 … 1. */
  readonly share: number;
  readonly isLast: boolean;
}

export interface Prediction {
  readonly outputs: readonly (readonly number[])[];
  /** Label per row; empty for regression. */
  readonly classes: readonly string[];
  /** Where training stood when the weights that answered were saved. */
  readonly epoch: number;
  readonly step: number;
}

/** Answers to the rows of a file. */
export interface FilePredictions {
  /** Input columns as the run was trained on them, `output …` for each output, `class` where there are classes. */
  readonly columns: readonly string[];
  /** The first rows, as `columns` says. */
  readonly head: readonly (readonly (number | string)[])[];
  /** Rows of the file. */
  readonly rowCount: number;
  /** Pieces of the CSV text of all of them: `runs.predictionPart` gives one after the other. */
  readonly parts: number;
  /** Where training stood when the weights that answered were saved. */
  readonly epoch: number;
  readonly step: number;
}
