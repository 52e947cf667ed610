/** Wines of three growers by thirteen measurements of a chemist. */
import { readNumberLines, UCI_LICENCE, type BuiltinDefinition } from './define.ts';

/** 178 rows: 59, 71 and 48 of the three growers. */
export const wine: BuiltinDefinition = {
  label: 'Wine',
  summary: 'Wines of three growers of one region by thirteen measurements; standardise them.',
  task: 'multiclass',
  source: 'S. Aeberhard and M. Forina, “Wine”, 1991; doi 10.24432/C5PC7J',
  licence: UCI_LICENCE,
  inputNames: [
    'alcohol',
    'malic_acid',
    'ash',
    'alcalinity_of_ash',
    'magnesium',
    'total_phenols',
    'flavanoids',
    'nonflavanoid_phenols',
    'proanthocyanins',
    'color_intensity',
    'hue',
    'od280_od315_of_diluted_wines',
    'proline',
  ],
  targetName: 'cultivar',
  classes: ['class_0', 'class_1', 'class_2'],
  rowCount: 178,
  rows: async () => readNumberLines((await import('./generated/wine.ts')).ROWS),
};
