/** Cell nuclei of breast tumours: benign or malignant. */
import { readNumberLines, UCI_LICENCE, type BuiltinDefinition, type BuiltinRows } from './define.ts';

const MEASURES = [
  'radius',
  'texture',
  'perimeter',
  'area',
  'smoothness',
  'compactness',
  'concavity',
  'concave_points',
  'symmetry',
  'fractal_dimension',
];

/** 569 rows, 357 of them benign: mean, standard error and worst value of ten measures of the nuclei in one picture. */
export const breastCancer: BuiltinDefinition = {
  label: 'Breast cancer',
  summary: 'Tumours, benign or malignant, by thirty measures of their cell nuclei; standardise them.',
  task: 'binary',
  source: 'W. Wolberg, O. Mangasarian, N. Street, “Breast Cancer Wisconsin (Diagnostic)”, 1993; doi 10.24432/C5DW2B',
  licence: UCI_LICENCE,
  inputNames: ['mean', 'error', 'worst'].flatMap((kind) => MEASURES.map((measure) => `${kind}_${measure}`)),
  targetName: 'diagnosis',
  classes: ['benign', 'malignant'],
  rowCount: 569,
  rows: async () => inClassOrder(readNumberLines((await import('./generated/breast-cancer.ts')).ROWS)),
};

/** The export numbers malignant 0; class order is alphabetical. */
function inClassOrder({ inputs, targets }: BuiltinRows): BuiltinRows {
  return { inputs, targets: targets.map((target) => 1 - target) };
}
