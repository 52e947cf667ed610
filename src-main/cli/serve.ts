/** `netloom serve`: the app in the browser, without a desktop. */
import { join } from 'node:path';
import { runBrowserHost } from '../host/browser/run.ts';
import { exiting, type CommandDefinition } from './define.ts';
import { wholeNumber } from './inputs.ts';

const MAX_PORT = 65_535;

export const serve: CommandDefinition = (program, around) => {
  program
    .command('serve')
    .description('the app in the browser, on this machine only')
    .option('--port <n>', 'port to listen on (default: any free one)', wholeNumber(0, MAX_PORT), 0)
    .action(
      exiting(around, ({ port }: { port: number }) =>
        runBrowserHost({
          port,
          outFolder: join(import.meta.dirname, '..'),
          dataFolder: around.dataFolder,
          print: (line) => around.print(`${line}\n`),
          log: around.log,
        }),
      ),
    );
};
