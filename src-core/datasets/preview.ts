/** What the data panel shows of loaded data: counts, first rows, and points to draw. */
import type { DataPreview } from '../contract/records.ts';
import type { LoadedData } from './define.ts';

const MAX_POINTS = 2_000;
/** Of all points together: 8 MB on the wire. */
const MAX_VALUES = 2 ** 21;

/** At most 2,000 points (fewer where they are wide), evenly spread over the file; targets are class indices or the first target's values. */
export function previewData(data: LoadedData): DataPreview {
  const width = data.inputNames.length;
  const targetWidth = data.targetNames.length;
  const rowCount = data.rawInputs.length / width;
  const heldOut = new Set(data.validation?.indices);
  const shown = Math.min(rowCount, MAX_POINTS, Math.ceil(MAX_VALUES / width));
  const rows = Array.from({ length: shown }, (_, i) => Math.floor((i * rowCount) / shown));
  const inputs = new Float32Array(shown * width);
  rows.forEach((row, i) => inputs.set(data.rawInputs.subarray(row * width, (row + 1) * width), i * width));
  return {
    task: data.task,
    inputNames: data.inputNames,
    fedNames: data.fedNames,
    targetNames: data.targetNames,
    classes: data.classes,
    rowCount,
    trainingCount: data.training.count,
    validationCount: data.validation?.count ?? 0,
    classCounts: countClasses(data),
    rows: data.head,
    points: {
      inputs,
      targets: Float32Array.from(rows, (row) => data.rawTargets[row * targetWidth] as number),
      validation: Uint8Array.from(rows, (row) => (heldOut.has(row) ? 1 : 0)),
    },
  };
}

function countClasses({ classes, rawTargets }: LoadedData): number[] {
  const counts = classes.map(() => 0);
  if (classes.length > 0) for (const label of rawTargets) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}
