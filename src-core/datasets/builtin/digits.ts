/** Handwritten digits of 8×8 pixels. */
import { UCI_LICENCE, type BuiltinDefinition, type BuiltinRows } from './define.ts';

const SIDE = 8;
const PIXELS = SIDE * SIDE;
/** Pixels are written as one digit of base 17. */
const BASE = 17;

/** 1,797 pictures, 174 to 183 of each digit; pixels count the set dots of a 4×4 block, 0 to 16, row-major. */
export const digits: BuiltinDefinition = {
  label: 'Digits 8×8',
  summary: 'Handwritten digits as pictures of 8×8 pixels with values from 0 to 16.',
  task: 'multiclass',
  source:
    'E. Alpaydin and C. Kaynak, “Optical Recognition of Handwritten Digits” (its test part), 1998; doi 10.24432/C50P49',
  licence: UCI_LICENCE,
  inputNames: Array.from({ length: PIXELS }, (_, i) => `pixel_${Math.floor(i / SIDE)}_${i % SIDE}`),
  targetName: 'digit',
  classes: Array.from({ length: 10 }, (_, digit) => String(digit)),
  rowCount: 1797,
  imageShape: [1, SIDE, SIDE],
  rows: async () => readPictures((await import('./generated/digits.ts')).ROWS),
};

function readPictures(text: string): BuiltinRows {
  const lines = text.split('\n');
  const inputs = new Float64Array(lines.length * PIXELS);
  lines.forEach((line, row) => {
    for (let at = 0; at < PIXELS; at++) inputs[row * PIXELS + at] = parseInt(line.charAt(at), BASE);
  });
  return { inputs, targets: Float64Array.from(lines, (line) => Number(line.charAt(PIXELS))) };
}
