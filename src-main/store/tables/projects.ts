/** Table `projects`: the recovery copy of the document a person is working on. */
import type Database from 'better-sqlite3';
import type { ProjectDocument } from '../../../src-core/graph/model.ts';

/** A host has one open document, so one recovery copy; the column is the key. */
const SLOT = 'open';

export function projectsTable(db: Database.Database) {
  const put = db.prepare<[string, string, string, number]>(
    `INSERT INTO projects (slot, name, document, saved_ms) VALUES (?, ?, ?, ?)
     ON CONFLICT (slot) DO UPDATE SET name = excluded.name, document = excluded.document, saved_ms = excluded.saved_ms`,
  );
  const get = db.prepare<[string], { document: string; saved_ms: number }>(
    'SELECT document, saved_ms FROM projects WHERE slot = ?',
  );
  return {
    put(document: ProjectDocument, now: number): void {
      put.run(SLOT, String(document.name), JSON.stringify(document), now);
    },
    get(): { document: ProjectDocument; savedAt: number } | null {
      const row = get.get(SLOT);
      return row ? { document: JSON.parse(row.document) as ProjectDocument, savedAt: row.saved_ms } : null;
    },
  };
}
