/** Version 2: every saved state names its run a second time, so that damage to a key never hands out another run's weights. */
import type { Migration } from '../migrate.ts';

export const stateOwner: Migration = {
  version: 2,
  sql: `
    ALTER TABLE checkpoints ADD COLUMN run_id TEXT NOT NULL DEFAULT '';
    UPDATE checkpoints SET run_id = (SELECT id FROM runs WHERE runs.key = checkpoints.run);
  `,
};
