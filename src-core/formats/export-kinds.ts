/** Everything a trained network can be taken home as, in one file each: the formats, the folders and the runners, zipped where they are several files. */
import type { LoadedData } from '../datasets/define.ts';
import type { TrainedNetwork } from './define.ts';
import { folders } from './folders.ts';
import { json } from './json.ts';
import { formats } from './registry.ts';
import { runners, writeRunner } from './runners/registry.ts';
import { zipOf } from './zip.ts';

export interface ExportRequest {
  /** What the file is called without its ending; names the folder in a zip. */
  readonly name: string;
  /** True: NaN and the infinities are written too. */
  readonly allowNonFinite: boolean;
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
  /** Throws AppError 'weights.not_finite', 'export.*'. */
  readonly write: (network: TrainedNetwork, request: ExportRequest) => Uint8Array<ArrayBuffer>;
}

const ZIP = '.zip';

const ofFiles = Object.entries(formats).map(([id, { label, summary, extension, write }]): [string, ExportKind] => [
  id,
  { label, summary, extension, suffix: 'weights', holdsRows: false, write },
]);

const ofFolders = Object.entries(folders).map(([id, { label, summary, write }]): [string, ExportKind] => [
  id,
  {
    label,
    summary,
    extension: ZIP,
    suffix: id,
    holdsRows: true,
    write: (network, request) => zipOf(request.name, write(network, request), request.at),
  },
]);

const ofRunners = Object.entries(runners).map(([id, runner]): [string, ExportKind] => [
  id,
  {
    label: runner.label,
    summary: `The weights file and a ${runner.label} program without dependencies that predicts with it.`,
    extension: ZIP,
    suffix: id,
    holdsRows: false,
    write: (network, { name, allowNonFinite, at }) => {
      const weights = `${name}.json`;
      const files = new Map([
        [weights, json.write(network, { allowNonFinite })],
        [`${name}${runner.extension}`, writeRunner(runner, network.graph, weights)],
      ]);
      return zipOf(name, files, at);
    },
  },
]);

/** Every kind by id: the files first, then the folders, then the runners. */
export const exportKinds: ReadonlyMap<string, ExportKind> = new Map([...ofFiles, ...ofFolders, ...ofRunners]);
