/** Table `projects`: the recovery copy of the document a person is working on, and the projects they saved or opened last. */
import type Database from 'better-sqlite3';
import type { Kept, ProjectFile, RecentProject } from '../../../src-core/contract/app.ts';
import type { ProjectDocument } from '../../../src-core/graph/model.ts';

/** A host has one open document, so one recovery copy; the column is the key. */
const OPEN = 'open';
/** The file of the open document. */
const FILE = 'open-file';
/** The document as it last went to a file, whatever its name is now. */
const SAVED = 'saved';
const RECENT = 'recent:';
const RECENT_KEPT = 12;
/** Between a file's name and the number that tells it from others of that name. */
const NUMBERED = '\n';
const FILE_ENDING = '.json';

export interface SavedPlace {
  readonly file?: Omit<ProjectFile, 'recent'> | undefined;
  /** Which of the recent projects it is; absent: not known. */
  readonly recent?: string | undefined;
}

interface Row {
  readonly document: string;
  readonly saved_ms: number;
}

export function projectsTable(db: Database.Database) {
  const put = db.prepare<[string, string, string, number]>(
    `INSERT INTO projects (slot, name, document, saved_ms) VALUES (?, ?, ?, ?)
     ON CONFLICT (slot) DO UPDATE SET name = excluded.name, document = excluded.document, saved_ms = excluded.saved_ms`,
  );
  const get = db.prepare<[string], Row>('SELECT document, saved_ms FROM projects WHERE slot = ?');
  const recent = db.prepare<[string], { slot: string; name: string; savedAt: number }>(
    `SELECT slot, name, saved_ms AS savedAt FROM projects WHERE slot LIKE ? || '%' ORDER BY saved_ms DESC`,
  );
  const prune = db.prepare<[string, string, number]>(
    `DELETE FROM projects WHERE slot LIKE ? || '%' AND slot NOT IN
       (SELECT slot FROM projects WHERE slot LIKE ? || '%' ORDER BY saved_ms DESC LIMIT ?)`,
  );
  const documentOf = (text: string): ProjectDocument => JSON.parse(text) as ProjectDocument;
  const putOpen = (document: ProjectDocument, file: ProjectFile | null, now: number): void => {
    put.run(OPEN, String(document.name), JSON.stringify(document), now);
    put.run(FILE, file?.name ?? '', JSON.stringify(file), now);
  };

  /** A place among the recent ones that holds no other document: another project may have gone to a file of that name. */
  function freeRecent(name: string, text: string): string {
    let key = name;
    for (let count = 2; (get.get(RECENT + key)?.document ?? text) !== text; count++) key = name + NUMBERED + count;
    return key;
  }

  return {
    put: putOpen,
    get(): Kept | null {
      const row = get.get(OPEN);
      if (row === undefined) return null;
      const isSaved = get.get(SAVED)?.document === row.document;
      const file = JSON.parse(get.get(FILE)?.document ?? 'null') as ProjectFile | null;
      return { document: documentOf(row.document), savedAt: row.saved_ms, isSaved, file };
    },
    /** The document as it is in its file now, open and among the recent ones, whose oldest make room. Answers with which it is. */
    putSaved(document: ProjectDocument, place: SavedPlace, now: number): string {
      const [name, text] = [String(document.name), JSON.stringify(document)];
      const key = place.recent ?? freeRecent(place.file?.name ?? name, text);
      const fileName = place.file?.name ?? fileNameOf(key);
      const file = fileName === null ? null : { name: fileName, path: place.file?.path ?? null, recent: key };
      putOpen(document, file, now);
      put.run(SAVED, name, text, now);
      put.run(RECENT + key, name, text, now);
      prune.run(RECENT, RECENT, RECENT_KEPT);
      return key;
    },
    recent: (): RecentProject[] =>
      recent.all(RECENT).map(({ slot, name, savedAt }) => {
        const key = slot.slice(RECENT.length);
        return { recent: key, name, file: fileNameOf(key), savedAt };
      }),
    recentOne(key: string): ProjectDocument | null {
      const row = get.get(RECENT + key);
      return row === undefined ? null : documentOf(row.document);
    },
  };
}

/** Of a path or a numbered name; null where only the project's name was known. */
function fileNameOf(key: string): string | null {
  const [place = ''] = key.split(NUMBERED);
  return place.endsWith(FILE_ENDING) ? (place.split(/[/\\]/).at(-1) ?? null) : null;
}
