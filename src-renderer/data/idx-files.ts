/** Which of MNIST's four files a file is, by its name. */

export const IDX_FILES = ['images', 'labels', 'testImages', 'testLabels'] as const;
export type IdxFile = (typeof IDX_FILES)[number];

const LABELS = /label|idx1/i;
const TEST = /^(t10k|test)|[-_ .]test/i;

/** 'train-images-idx3-ubyte.gz' and its like; what is not called labels is taken for pictures. */
export function idxFileOf(name: string): IdxFile {
  const isTest = TEST.test(name);
  if (LABELS.test(name)) return isTest ? 'testLabels' : 'labels';
  return isTest ? 'testImages' : 'images';
}
