/** What commands are given: projects by file or template name, weights files, data files, options with numbers. */
import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import type { Analysis, Problem } from '../../src-core/analysis/define.ts';
import { analyze } from '../../src-core/analysis/analyze.ts';
import { outputCountOf } from '../../src-core/analysis/outputs.ts';
import type { LoadedData } from '../../src-core/datasets/define.ts';
import { loadData } from '../../src-core/datasets/load.ts';
import { targetRangeOf } from '../../src-core/datasets/target-range.ts';
import { readDocument } from '../../src-core/formats/project.ts';
import type { ProjectDocument } from '../../src-core/graph/model.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import { templateOf, templates } from '../../src-core/templates/registry.ts';
import { trainingBytes } from '../../src-core/runtime/memory.ts';
import { readerOf } from '../engine/data-access.ts';
import { memoryHere } from '../engine/memory-here.ts';
import { codeOf } from '../store/io.ts';

export interface Project {
  readonly document: ProjectDocument;
  /** Data paths in the document are relative to it. */
  readonly folder: string;
}

/** A project file, or the template of that name where there is no such file. Throws AppError 'project.*', 'file.*', 'json.*'. */
export async function openProject(name: string): Promise<Project> {
  const path = resolve(name);
  const template = templateOf(name);
  if (!(await exists(path))) {
    if (template !== undefined) return { document: template.document, folder: process.cwd() };
    throw new AppError('project.not_found', { name, templates: Object.keys(templates).join(', ') });
  }
  return { document: readDocument(await readBytes(name)), folder: dirname(path) };
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return false;
  }
}

/** The bytes of a file that a person named. Throws AppError 'file.unreadable'. */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    const reason = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : code;
    throw new AppError('file.unreadable', { path, reason }, { cause: error });
  }
}

/** The rows of a project, from files anywhere on this machine: the person at the keyboard chose the project. */
export function loadProjectData({ document, folder }: Project): Promise<LoadedData> {
  return loadData(document.data, readerOf({ folder, isOpen: true }), { outputs: () => outputCountOf(document) });
}

/** The document looked at once its rows are known; null: they could not be loaded, or not yet. */
export function analyzeWith({ document }: Project, data: LoadedData | null): Analysis {
  const options = { memoryBytes: memoryHere(), planBytes: trainingBytes };
  return analyze(document, data === null ? undefined : factsOf(data), options);
}

/** Its problems alone. */
export function problemsWith(project: Project, data: LoadedData | null): readonly Problem[] {
  return analyzeWith(project, data).problems;
}

function factsOf(data: LoadedData): NonNullable<Parameters<typeof analyze>[1]> {
  return {
    task: data.task,
    inputSize: data.inputSize,
    classCount: data.classes.length,
    rowCount: data.training.count,
    targetSize: data.targetNames.length,
    classes: data.classes,
    ...targetRangeOf(data),
    inputNames: data.inputNames,
    inputRanges: data.inputRanges,
  };
}

/** Throws AppError 'graph.problems' with every error, one a line, when there are any; warnings go to `log`. */
export function refuseErrors(problems: readonly Problem[], log: (line: string) => void): void {
  const errors = problems.filter(({ severity }) => severity === 'error');
  for (const { severity, message } of problems) if (severity === 'warning') log(`warning: ${message}`);
  const [first, ...others] = errors.map(({ message }) => message);
  if (first === undefined) return;
  for (const message of others) log(message);
  throw new AppError('graph.problems', { count: 1, first });
}

/** Option parser: a whole number in [min, max]. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${min} to ${max}.`);
  };
}
