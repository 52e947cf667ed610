/** Version 1: recovery copies, runs, their metrics and their saved states. Described for readers in SCHEMA.md. */
import type { Migration } from '../migrate.ts';

export const initial: Migration = {
  version: 1,
  sql: `
    CREATE TABLE projects (
      slot     TEXT PRIMARY KEY,
      name     TEXT NOT NULL,
      document TEXT NOT NULL CHECK (json_valid(document)),
      saved_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE runs (
      key                INTEGER PRIMARY KEY,
      id                 TEXT NOT NULL UNIQUE,
      name               TEXT NOT NULL,
      status             TEXT NOT NULL CHECK (status IN
                           ('running', 'paused', 'done', 'stopped', 'interrupted', 'diverged', 'failed')),
      reason             TEXT,
      document           TEXT NOT NULL CHECK (json_valid(document)),
      config_sha256      TEXT NOT NULL,
      folder             TEXT NOT NULL,
      created_ms         INTEGER NOT NULL UNIQUE,
      updated_ms         INTEGER NOT NULL,
      epoch              INTEGER NOT NULL DEFAULT 0 CHECK (epoch >= 0),
      epochs             INTEGER NOT NULL CHECK (epochs >= 0),
      step               INTEGER NOT NULL DEFAULT 0 CHECK (step >= 0),
      best_epoch         INTEGER,
      parameter_count    INTEGER NOT NULL DEFAULT 0,
      last_record        TEXT CHECK (last_record IS NULL OR json_valid(last_record)),
      best_record        TEXT CHECK (best_record IS NULL OR json_valid(best_record)),
      sparkline          BLOB NOT NULL DEFAULT x'',
      validation_indices BLOB,
      notes              TEXT NOT NULL DEFAULT '',
      tags               TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags)),
      shell              TEXT NOT NULL,
      owner              TEXT,
      hidden_ms          INTEGER
    ) STRICT;
    CREATE INDEX runs_active ON runs (status) WHERE status IN ('running', 'paused');
    CREATE INDEX runs_hidden ON runs (hidden_ms) WHERE hidden_ms IS NOT NULL;

    CREATE TABLE metrics (
      run      INTEGER NOT NULL REFERENCES runs (key) ON DELETE CASCADE,
      epoch    INTEGER NOT NULL CHECK (epoch >= 1),
      position INTEGER NOT NULL,
      step     INTEGER NOT NULL CHECK (step >= 0),
      name     TEXT NOT NULL,
      value    REAL,
      kind     TEXT NOT NULL DEFAULT 'finite' CHECK (kind IN ('finite', 'NaN', 'Infinity', '-Infinity')),
      PRIMARY KEY (run, epoch, position),
      CHECK ((value IS NULL) = (kind = 'NaN'))
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE checkpoints (
      key      INTEGER PRIMARY KEY,
      run      INTEGER NOT NULL REFERENCES runs (key) ON DELETE CASCADE,
      kind     TEXT NOT NULL CHECK (kind IN ('last', 'best')),
      epoch    INTEGER NOT NULL,
      step     INTEGER NOT NULL,
      saved_ms INTEGER NOT NULL,
      size     INTEGER NOT NULL,
      sha256   TEXT NOT NULL CHECK (length(sha256) = 64),
      phase    TEXT NOT NULL CHECK (phase IN ('writing', 'ready', 'old'))
    ) STRICT;
    CREATE UNIQUE INDEX checkpoints_ready ON checkpoints (run, kind) WHERE phase = 'ready';
    CREATE INDEX checkpoints_run ON checkpoints (run);

    CREATE TABLE checkpoint_parts (
      checkpoint INTEGER NOT NULL REFERENCES checkpoints (key) ON DELETE CASCADE,
      part       INTEGER NOT NULL,
      bytes      BLOB NOT NULL,
      UNIQUE (checkpoint, part)
    ) STRICT;

    CREATE VIEW run_metrics AS
      SELECT runs.id AS run, runs.name AS run_name, metrics.epoch, metrics.step, metrics.name, metrics.value, metrics.kind
      FROM metrics JOIN runs ON runs.key = metrics.run WHERE runs.hidden_ms IS NULL;

    CREATE VIEW run_summary AS
      SELECT id, name, status, reason, datetime(created_ms / 1000, 'unixepoch') AS created,
        datetime(updated_ms / 1000, 'unixepoch') AS updated, epoch, epochs, step, best_epoch, parameter_count,
        last_record ->> '$.loss' AS last_loss, last_record ->> '$.val_loss' AS last_val_loss,
        best_record ->> '$.loss' AS best_loss, best_record ->> '$.val_loss' AS best_val_loss,
        document ->> '$.training.optimizer.type' AS optimizer,
        document ->> '$.training.optimizer.learning_rate' AS learning_rate,
        document ->> '$.training.batch_size' AS batch_size, document ->> '$.training.seed' AS seed, notes, tags
      FROM runs WHERE hidden_ms IS NULL;
  `,
};
