/** Fisher's iris flowers: three species by four lengths. */
import { readNumberLines, UCI_LICENCE, type BuiltinDefinition } from './define.ts';

/** 150 rows, 50 of each species; the values of Fisher's paper (the repository's own file differs from it in two rows). */
export const iris: BuiltinDefinition = {
  label: 'Iris',
  summary: 'Three species of iris by the length and width of their leaves, in centimetres.',
  task: 'multiclass',
  source: 'R. A. Fisher, “The use of multiple measurements in taxonomic problems”, 1936; doi 10.24432/C56C76',
  licence: UCI_LICENCE,
  inputNames: ['sepal_length', 'sepal_width', 'petal_length', 'petal_width'],
  targetName: 'species',
  classes: ['setosa', 'versicolor', 'virginica'],
  rowCount: 150,
  rows: async () => readNumberLines((await import('./generated/iris.ts')).ROWS),
};
