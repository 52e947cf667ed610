/** Reads and writes project files (NAME.netloom.json): formats.md section 1. */
import { analyze } from '../analysis/analyze.ts';
import type { Problem } from '../analysis/define.ts';
import { migrateDocument } from '../graph/migrations/migrate.ts';
import { PROJECT_FORMAT, PROJECT_VERSION, type ProjectDocument } from '../graph/model.ts';
import { AppError } from '../lib/errors.ts';
import { isObject, showValue } from '../lib/fields-check.ts';
import { readJson } from '../lib/json-read.ts';
import { writeJson } from '../lib/json-write.ts';
import type { JsonObject } from '../lib/json.ts';
import { isProjectDocument, StructureCheck } from './project-structure.ts';

const WHAT = 'project file';
export const MAX_PROJECT_BYTES = 50 * 1024 * 1024;
const MAX_DEPTH = 64;
const MAX_STRING = 10_000;

export interface ReadProject {
  readonly document: ProjectDocument;
  /** What analysis says about it: a document with errors can be opened and mended, but not trained. */
  readonly problems: readonly Problem[];
}

/**
 * The document in a project file and everything that is wrong with it. Unknown keys are kept.
 * Throws AppError where it is no document at all: 'file.*' and 'json.*' (see lib/json-read), 'project.format',
 * 'project.newer', 'project.structure' (every place at once).
 */
export function readProject(file: string | Uint8Array): ReadProject {
  const document = readDocument(file);
  return { document, problems: analyze(document).problems };
}

/** The document alone, for callers that analyze it themselves. Throws as readProject. */
export function readDocument(file: string | Uint8Array): ProjectDocument {
  const check = new StructureCheck();
  const document = check.document(readParts(file));
  if (!isProjectDocument(document, check)) throw new AppError('project.structure', { problems: check.problems });
  return document;
}

/** What is written in a project file of this or an older version, whatever it is. Throws 'file.*', 'json.*', 'project.*'. */
export function readParts(file: string | Uint8Array): JsonObject {
  const value = readJson(file, { what: WHAT, maxBytes: MAX_PROJECT_BYTES, maxDepth: MAX_DEPTH, maxString: MAX_STRING });
  if (!isObject(value)) {
    throw new AppError('project.format', { place: WHAT, expected: 'an object', found: showValue(value) });
  }
  return migrateDocument(value, versionOf(value));
}

/** The document as text: the same document always gives the same bytes, and reading it back the same document. */
export function writeProject(document: ProjectDocument): string {
  return writeJson(document);
}

function versionOf(file: JsonObject): number {
  const { format, version } = file;
  if (format !== PROJECT_FORMAT) {
    throw new AppError('project.format', {
      place: 'format',
      expected: `"${PROJECT_FORMAT}"`,
      found: showValue(format),
    });
  }
  if (typeof version !== 'number' || !Number.isSafeInteger(version) || version < 1) {
    throw new AppError('project.format', {
      place: 'version',
      expected: 'a whole number ≥ 1',
      found: showValue(version),
    });
  }
  if (version > PROJECT_VERSION) throw new AppError('project.newer', { version, known: PROJECT_VERSION });
  return version;
}
