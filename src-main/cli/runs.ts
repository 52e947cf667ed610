/** `netloom runs`: the experiment store: list, show, delete, export. */
import { Option, type Command } from 'commander';
import type { RunSummary } from '../../src-core/contract/records.ts';
import { exportRun } from '../../src-core/formats/export-run.ts';
import { AppError } from '../../src-core/lib/errors.ts';
import { prefersBest } from '../../src-core/trainer/settings.ts';
import { storeFile } from '../store/folder.ts';
import { openStore, type Store } from '../store/store.ts';
import { exiting, EXIT, type CommandDefinition, type Surroundings } from './define.ts';
import { formatOption } from './export.ts';
import { exportNetwork } from './export-files.ts';
import { loadProjectData } from './inputs.ts';
import { addSalvage } from './runs-salvage.ts';
import { jsonText, short, table } from './outputs.ts';
import { allRuns, findRun } from './run-store.ts';

interface StoreFlags {
  readonly store?: string;
  readonly json?: boolean;
}
interface ExportFlags extends StoreFlags {
  readonly format: string;
  readonly which?: 'best' | 'last';
  readonly out?: string;
}

export const runs: CommandDefinition = (program, around) => {
  const command = program.command('runs').description('the runs that were kept');
  withStore(command.command('list').description('newest first')).action(
    exiting(around, (flags: StoreFlags) =>
      useStore(flags, around, (store) => {
        const all = allRuns(store);
        around.print(flags.json ? jsonText(all.map(summaryOf)) : listText(all));
      }),
    ),
  );
  withStore(command.command('show').description('one run with its history').argument('<run>')).action(
    exiting(around, (run: string, flags: StoreFlags) =>
      useStore(flags, around, (store) => {
        const id = findRun(store, run);
        const detail = {
          ...summaryOf(store.getSummary(id)),
          history: store.history(id),
          document: store.source(id).document,
        };
        around.print(flags.json ? jsonText(detail) : showText(store, id));
      }),
    ),
  );
  withStore(command.command('delete').description('erase runs').argument('<runs...>')).action(
    exiting(around, (names: string[], flags: StoreFlags) =>
      useStore(flags, around, (store) => {
        const ids = names.map((name) => findRun(store, name));
        for (const id of ids) store.deleteRun(id);
        around.log(`deleted ${ids.length}`);
        if (flags.json) around.print(jsonText({ deleted: ids }));
      }),
    ),
  );
  addSalvage(withStore(command.command('salvage')), around);
  withStore(command.command('export').description('the weights of a run').argument('<run>'))
    .addOption(formatOption().default('json'))
    .addOption(new Option('--which <weights>', 'best epoch or last').choices(['best', 'last']))
    .option('--out <file>', 'file or folder to write, else standard output')
    .action(
      exiting(around, (run: string, flags: ExportFlags) =>
        useStore(flags, around, (store) => exportSaved(store, run, flags, around)),
      ),
    );
};

function withStore(command: Command): Command {
  return command.option('--store <file>', 'database to look in').option('--json', 'print the result as JSON');
}

async function useStore(
  flags: StoreFlags,
  { dataFolder }: Surroundings,
  work: (store: Store) => void | Promise<void>,
): Promise<number> {
  const store = openStore({ file: flags.store ?? storeFile(dataFolder) });
  try {
    store.interruptOrphans();
    await work(store);
    return EXIT.done;
  } finally {
    store.close();
  }
}

async function exportSaved(store: Store, run: string, flags: ExportFlags, around: Surroundings): Promise<void> {
  const id = findRun(store, run);
  const { document, folder } = store.source(id);
  const kind = flags.which ?? (prefersBest(document) ? 'best' : 'last');
  const saved = await store.loadCheckpoint(id, kind);
  if (saved === null) throw new AppError('host.no_checkpoint', { id, kind });
  const rows = () => loadProjectData({ document, folder });
  await exportNetwork(exportRun(document, saved.bytes), { ...flags, rows }, around);
}

function summaryOf({ sparkline: _sparkline, ...summary }: RunSummary) {
  return summary;
}

function listText(all: readonly RunSummary[]): string {
  const rows = all.map(({ id, name, status, epoch, epochs, last, createdAt }) => {
    const when = new Date(createdAt).toISOString().slice(0, WHEN_LENGTH).replace('T', ' ');
    const accuracy = last?.['val_accuracy'] ?? last?.['accuracy'];
    return [id, when, name, status, `${epoch}/${epochs}`, short(last?.val_loss ?? last?.loss), short(accuracy)];
  });
  return table(['run', 'started (UTC)', 'name', 'status', 'epoch', 'loss', 'accuracy'], rows);
}
const WHEN_LENGTH = 'YYYY-MM-DDTHH:MM'.length;

function showText(store: Store, id: string): string {
  const { name, status, reason, epoch, epochs, bestEpoch, parameterCount, notes } = store.getSummary(id);
  const history = store.history(id);
  const names = Object.keys(history.at(-1) ?? {});
  const rows = history.map((record) => names.map((key) => short(record[key])));
  const head = `${name}: ${status}${reason === null ? '' : ` (${reason})`}, epoch ${epoch} of ${epochs}`;
  const best = bestEpoch === null ? '' : `, best epoch ${bestEpoch}`;
  return `${head}${best}, ${parameterCount} parameters\n${notes === '' ? '' : `${notes}\n`}${table(names, rows)}`;
}
