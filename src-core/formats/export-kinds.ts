/** Everything a trained network can be taken home as, in one file each: the formats, the folders and the runners, zipped where they are several files. */
import type { LoadedData } from '../datasets/define.ts';
import type { ExportOptions, NamedFile, TrainedNetwork } from './define.ts';
import { refuseNonFinite } from './finite.ts';
import { folders } from './folders.ts';
import { json } from './json.ts';
import { encoded, type Pieces } from './pieces.ts';
import { formats } from './registry.ts';
import { runners, runnerText } from './runners/registry.ts';
import { zipPieces } from './zip.ts';

export interface ExportRequest extends ExportOptions {
  /** What the file is called without its ending; names the folder in a zip. */
  readonly name: string;
  /** The rows it was trained on; null where they are not at hand. Only kinds that hold rows look at them. */
  readonly rows: LoadedData | null;
  /** Now, in ms since 1970. */
  readonly at: number;
}

export interface ExportKind {
  /** 'PyTorch', as menus show it. */
  readonly label: string;
  readonly summary: string;
  /** Ending of the file, with the dot. */
  readonly extension: string;
  /** What the name of the file says beside the project's: 'weights'. */
  readonly suffix: string;
  readonly holdsRows: boolean;
  /** Throws AppError 'weights.not_finite', 'export.*' before the first byte. */
  readonly write: (network: TrainedNetwork, request: ExportRequest) => Pieces;
}

const ZIP = '.zip';

const ofFiles = Object.entries(formats).map(([id, { label, summary, extension, write }]): [string, ExportKind] => [
  id,
  { label, summary, extension, suffix: 'weights', holdsRows: false, write },
]);

const ofFolders = Object.entries(folders).map(([id, { label, summary, write }]): [string, ExportKind] => [
  id,
  { label, summary, extension: ZIP, suffix: id, holdsRows: true, write: zipped(write) },
]);

const ofRunners = Object.entries(runners).map(([id, runner]): [string, ExportKind] => [
  id,
  {
    label: runner.label,
    summary: `The weights file and a ${runner.label} program without dependencies that predicts with it.`,
    extension: ZIP,
    suffix: id,
    holdsRows: false,
    write: zipped((network, request) => {
      const weights = `${request.name}.json`;
      return [
        { name: weights, pieces: json.write(network, request) },
        { name: `${request.name}${runner.extension}`, pieces: encoded([runnerText(runner, network.graph, weights)]) },
      ];
    }),
  },
]);

/** Looks for numbers that are none before the first byte, so that a refusal leaves no beginning of a file. */
function zipped(
  filesOf: (network: TrainedNetwork, request: ExportRequest) => readonly NamedFile[],
): ExportKind['write'] {
  return function* (network, request) {
    yield* refuseNonFinite(network, request);
    yield* zipPieces(request.name, filesOf(network, { ...request, allowNonFinite: true }), request.at);
  };
}

/** Every kind by id: the files first, then the folders, then the runners. */
export const exportKinds: ReadonlyMap<string, ExportKind> = new Map([...ofFiles, ...ofFolders, ...ofRunners]);
