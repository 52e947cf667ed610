/** Table `projects`: the recovery copy of the document a person is working on, and the projects they saved or opened last. */
import type Database from 'better-sqlite3';
import type { Kept, RecentProject } from '../../../src-core/contract/app.ts';
import type { ProjectDocument } from '../../../src-core/graph/model.ts';

/** A host has one open document, so one recovery copy; the column is the key. */
const OPEN = 'open';
/** The document as it last went to a file, whatever its name is now. */
const SAVED = 'saved';
const RECENT = 'recent:';
const RECENT_KEPT = 12;

export function projectsTable(db: Database.Database) {
  const put = db.prepare<[string, string, string, number]>(
    `INSERT INTO projects (slot, name, document, saved_ms) VALUES (?, ?, ?, ?)
     ON CONFLICT (slot) DO UPDATE SET name = excluded.name, document = excluded.document, saved_ms = excluded.saved_ms`,
  );
  const get = db.prepare<[string], { document: string; saved_ms: number }>(
    'SELECT document, saved_ms FROM projects WHERE slot = ?',
  );
  const recent = db.prepare<[string], RecentProject>(
    `SELECT name, saved_ms AS savedAt FROM projects WHERE slot LIKE ? || '%' ORDER BY saved_ms DESC`,
  );
  const prune = db.prepare<[string, string, number]>(
    `DELETE FROM projects WHERE slot LIKE ? || '%' AND slot NOT IN
       (SELECT slot FROM projects WHERE slot LIKE ? || '%' ORDER BY saved_ms DESC LIMIT ?)`,
  );
  const documentOf = (text: string): ProjectDocument => JSON.parse(text) as ProjectDocument;
  return {
    put(document: ProjectDocument, now: number): void {
      put.run(OPEN, String(document.name), JSON.stringify(document), now);
    },
    get(): Kept | null {
      const row = get.get(OPEN);
      if (row === undefined) return null;
      const isSaved = get.get(SAVED)?.document === row.document;
      return { document: documentOf(row.document), savedAt: row.saved_ms, isSaved };
    },
    /** As it is in its file now; the oldest of the recent ones make room. */
    putSaved(document: ProjectDocument, now: number): void {
      const [name, text] = [String(document.name), JSON.stringify(document)];
      put.run(SAVED, name, text, now);
      put.run(RECENT + name, name, text, now);
      prune.run(RECENT, RECENT, RECENT_KEPT);
    },
    recent: (): RecentProject[] => recent.all(RECENT),
    recentOne(name: string): ProjectDocument | null {
      const row = get.get(RECENT + name);
      return row === undefined ? null : documentOf(row.document);
    },
  };
}
