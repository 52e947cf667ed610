/** Opens a store of the first version, which brings it up to date; with "careless" the version is written apart from the change. */
import { migrations } from '../../src-main/store/migrations/all.ts';
import { closeDatabase, openDatabase } from '../../src-main/store/open.ts';

const [file = '', how = ''] = process.argv.slice(2);
const careless = migrations.map(({ version, sql }) => ({
  version,
  sql: version === 1 ? sql : `${sql} COMMIT; BEGIN;`,
}));
closeDatabase(openDatabase({ file, migrations: how === 'careless' ? careless : migrations }));
