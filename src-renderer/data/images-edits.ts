/** Data of a folder of pictures: a first description of it, and changes. */
import type { DataSpec } from '../../src-core/graph/model.ts';
import { setKey } from './data-edits.ts';
import type { Glance } from './folder-files.ts';

const DEFAULT_FRACTION = 0.2;
/** Folders that hold parts, each with a folder for every class. */
const PARTS: Readonly<Record<string, 'training' | 'validation' | 'test'>> = {
  train: 'training',
  training: 'training',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  test: 'test',
  testing: 'test',
};

/** Where every sub-folder is a part ("train", "val", "test") they become the parts; else a fifth of every class is held out. */
export function imagesData(
  path: string,
  files: readonly { readonly path: string }[],
  { size, isGray }: Glance,
): DataSpec {
  const tops = [...new Set(files.map((file) => file.path.split('/')[0] ?? ''))];
  const parts = new Map(tops.map((top) => [PARTS[top.toLowerCase()], `${path}/${top}`]));
  const training = parts.get('training');
  const isParted =
    training !== undefined && !parts.has(undefined) && files.every((file) => file.path.split('/').length > 2);
  const look = { size: [...size], ...(isGray ? { grayscale: true } : {}) };
  if (!isParted) {
    return { kind: 'images', path, ...look, validation: { fraction: DEFAULT_FRACTION, stratify: true } };
  }
  const [validation, test] = [parts.get('validation'), parts.get('test')];
  return {
    kind: 'images',
    path: training,
    ...look,
    validation: validation === undefined ? { fraction: DEFAULT_FRACTION, stratify: true } : { path: validation },
    ...(test === undefined ? {} : { test: { path: test } }),
  };
}

export function sizeOf(data: DataSpec): readonly [number, number] {
  const size = data['size'];
  const [height, width] = Array.isArray(size) ? (size as readonly unknown[]) : [];
  return [typeof height === 'number' ? height : 1, typeof width === 'number' ? width : 1];
}

/** @param side 0: the height; 1: the width */
export function setSide(data: DataSpec, side: 0 | 1, value: number): DataSpec {
  return setKey(
    data,
    'size',
    sizeOf(data).map((old, i) => (i === side ? value : old)),
  );
}
