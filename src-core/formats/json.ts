/** Export format `json`: the weights file itself. */
import type { FormatDefinition } from './define.ts';
import { weightsPieces } from './weights-write.ts';

/** Weights, graph, data encoding and test vectors in one readable file: formats.md section 3. */
export const json: FormatDefinition = {
  label: 'JSON',
  summary: 'Weights with graph, data encoding, checksums and test vectors, readable by people and programs.',
  extension: '.json',
  write: weightsPieces,
};
