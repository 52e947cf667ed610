/** A saved state as a file for a person to keep: any kind that the registries know. */
import { outputCountOf } from '../../src-core/analysis/outputs.ts';
import type { DataPlace, ExportArgs } from '../../src-core/contract/engine.ts';
import type { ExportedFile, ExportKindInfo } from '../../src-core/contract/records.ts';
import type { LoadedData } from '../../src-core/datasets/define.ts';
import { loadData } from '../../src-core/datasets/load.ts';
import { exportKinds } from '../../src-core/formats/export-kinds.ts';
import { exportRun } from '../../src-core/formats/export-run.ts';
import type { ProjectDocument } from '../../src-core/graph/model.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import { readerOf } from './data-access.ts';
import type { Working } from './heartbeat.ts';

/** What travels to the window in one message is limited: larger rows stay where they are. */
const MOST_ROW_BYTES = 40 * 2 ** 20;
const FLOAT_BYTES = 4;

/** What a menu shows. */
export function knownKinds(): readonly ExportKindInfo[] {
  return [...exportKinds].map(([id, { label, summary, extension }]) => ({ id, label, summary, extension }));
}

/** Rejects with AppError 'export.*', and with 'weights.not_finite' unless that is allowed. */
export async function exportNetwork(
  { document, place, checkpoint, allowNonFinite, kind: id }: ExportArgs,
  { now, working }: { readonly now: () => number; readonly working: Working },
): Promise<ExportedFile> {
  const kind = exportKinds.get(id);
  if (kind === undefined) throw new AppError('export.kind', { kind: id, known: [...exportKinds.keys()].join(', ') });
  const { rows, leftOut } = kind.holdsRows ? await rowsOf(document, place) : { rows: null, leftOut: null };
  const name = `${fileNameOf(String(document.name))}-${kind.suffix}`;
  const request = { name, allowNonFinite, rows, at: now() };
  const bytes = working(() => kind.write(exportRun(document, checkpoint), request));
  return { name: `${name}${kind.extension}`, bytes, leftOut };
}

/** The network goes home without its rows where they are gone or too many. */
async function rowsOf(
  document: ProjectDocument,
  place: DataPlace,
): Promise<{ rows: LoadedData | null; leftOut: string | null }> {
  try {
    const rows = await loadData(document.data, readerOf(place), { outputs: outputCountOf(document) });
    if (bytesOf(rows) <= MOST_ROW_BYTES) return { rows, leftOut: null };
    const most = `${MOST_ROW_BYTES / 2 ** 20} MB`;
    return { rows: null, leftOut: `the rows: more than ${most}; the command "netloom export" writes them` };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { rows: null, leftOut: `the rows: ${error.message}` };
  }
}

function bytesOf({ training, validation }: LoadedData): number {
  const parts = validation === null ? [training] : [training, validation];
  return parts.reduce((sum, { inputs, targets }) => sum + (inputs.length + targets.length) * FLOAT_BYTES, 0);
}

/** "Two spirals" as "two-spirals": letters and digits of any script, on every file system. */
function fileNameOf(name: string): string {
  const words = name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join('-').slice(0, 60) || 'network';
}
