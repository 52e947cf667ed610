/** Entry of the browser host: reads its arguments and runs it. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runBrowserHost } from './host/browser/run.ts';
import { outliveReaders } from './host/outlive-readers.ts';
import { dataFolder } from './store/folder.ts';

const USAGE_EXIT_CODE = 2;
const MAX_PORT = 65_535;

function readArguments(): { port: number; because: string | undefined } {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '0' }, because: { type: 'string' } } });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > MAX_PORT) {
    throw new TypeError(`--port: expected a whole number up to ${MAX_PORT}, got "${values.port}"`);
  }
  return { port, because: values.because };
}

function readArgumentsOrExit(): ReturnType<typeof readArguments> {
  try {
    return readArguments();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(USAGE_EXIT_CODE);
  }
}

outliveReaders();
const code = await runBrowserHost({
  ...readArgumentsOrExit(),
  outFolder: join(import.meta.dirname, '..'),
  dataFolder: dataFolder(),
  print: (line) => console.log(line),
  log: (line) => console.error(line),
});
process.exit(code);
