/** Service `data`: files brought in, and what the network would be fed. */
import * as v from 'valibot';
import type { DataSpec } from '../graph/model.ts';
import { call } from './define.ts';
import type { CsvInspection, DataPreview, Reading } from './records.ts';
import { dataFileSchema, jobSchema, nothing } from './schemas.ts';

/** Uploads come in pieces that stay under the wire's message cap. */
export const UPLOAD_PIECE_BYTES = 512 * 1024;
const MAX_FILE_BYTES = 2 ** 31;
/** Files of one folder that is brought in. */
export const MAX_FOLDER_FILES = 100_000;
const MAX_PIECES = 2_000;
/** A file below a folder: no step up, no hidden part, nothing that a file system reads as something else. */
const innerPathSchema = v.pipe(
  v.string(),
  v.maxLength(500),
  v.regex(/^(?:[^/\\:\0.][^/\\:\0]{0,150}\/){1,8}[^/\\:\0.][^/\\:\0]{0,150}$/),
);

const dataSpecSchema = v.custom<DataSpec>(
  (value) => typeof value === 'object' && value !== null && typeof (value as { kind?: unknown }).kind === 'string',
  'expected the data part of a project',
);

const job = v.optional(jobSchema);

/** Only the last share counts; readings of two names are rare and may both be told. */
function newest(older: Reading, newer: Reading): Reading | null {
  return older.job === newer.job ? newer : null;
}

export const dataService = {
  name: 'data',
  calls: {
    /** Pieces in order; the piece that completes `total` bytes puts the file in place and answers with its path. */
    upload: call<{ path: string | null }>()(
      v.strictObject({
        name: dataFileSchema,
        offset: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_FILE_BYTES)),
        total: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_FILE_BYTES)),
        bytes: v.instance(Uint8Array),
      }),
    ),
    /**
     * The files of a folder, many small ones in one call; pieces of a file in order, files one after another. The call
     * that says it is the last puts the folder in place and answers with its path.
     */
    uploadFolder: call<{ path: string | null }>()(
      v.strictObject({
        /** One upload of the caller's. */
        job: jobSchema,
        name: dataFileSchema,
        pieces: v.pipe(
          v.array(
            v.strictObject({
              path: innerPathSchema,
              offset: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_FILE_BYTES)),
              bytes: v.instance(Uint8Array),
            }),
          ),
          v.maxLength(MAX_PIECES),
        ),
        isLast: v.boolean(),
      }),
    ),
    /** Gives up an upload; nothing of it is kept. */
    dropUpload: call<null>()(v.strictObject({ job: jobSchema })),
    inspectCsv: call<CsvInspection>()(
      v.strictObject({
        path: v.string(),
        delimiter: v.optional(v.string()),
        decimal: v.optional(v.string()),
        header: v.optional(v.boolean()),
        charset: v.optional(v.string()),
        missingValues: v.optional(v.pipe(v.array(v.string()), v.readonly())),
        job,
      }),
    ),
    preview: call<DataPreview>()(v.strictObject({ data: dataSpecSchema, job })),
    /** Ends the reading that was started under this name; its call is rejected with 'data.cancelled'. */
    cancel: call<null>()(v.strictObject({ job: jobSchema })),
    files: call<readonly { name: string; sizeBytes: number }[]>()(nothing),
  },
  events: ['reading'],
  display: { reading: newest },
} as const;

export interface DataEvents {
  /** How far the reading of that name has come. */
  readonly reading: Reading;
}
