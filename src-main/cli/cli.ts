/** Entry of the command line: commands, exit codes, and what errors look like. Results go to stdout, all else to stderr. */
import { Command, CommanderError } from 'commander';
import { AppError } from '../../src-core/lib/errors.ts';
import { outliveReaders } from '../host/outlive-readers.ts';
import { onEndRequest } from '../host/signals.ts';
import { version } from '../host/version.ts';
import { dataFolder } from '../store/folder.ts';
import { codeOf, writeError } from '../store/io.ts';
import * as commands from './all.ts';
import { EXIT, type Surroundings } from './define.ts';

const interrupt = new AbortController();
const CLEAR_LINE = '\r\u001b[2K';

const around: Surroundings = {
  print: (text) => process.stdout.write(text),
  log: (line) => process.stderr.write(`${line}\n`),
  redraw: process.stderr.isTTY ? (line) => process.stderr.write(`${CLEAR_LINE}${fit(line)}`) : null,
  dataFolder: dataFolder(),
  interrupted: interrupt.signal,
  setExitCode: (code) => {
    process.exitCode = code;
  },
};

/** Of a terminal that does not say how wide it is. */
const USUAL_COLUMNS = 80;

/** One line of the terminal: a longer one would not be drawn over. */
function fit(line: string): string {
  return line.slice(0, (process.stderr.columns || USUAL_COLUMNS) - 1);
}

/** `train` is asked to save and end, and a second time ends at once, as the others do the first time. */
function listenForInterrupts(isPatient: boolean): void {
  onEndRequest((_signal, exitCode) => {
    if (!isPatient || interrupt.signal.aborted) process.exit(exitCode);
    interrupt.abort(exitCode);
  });
}

/** A reader that wants no more has what it wanted; results that cannot be written are a failure. */
function endWhenNobodyReads(): void {
  process.stdout.on('error', (error) => {
    if (codeOf(error) === 'EPIPE') process.exit(EXIT.done);
    around.log(`netloom: ${writeError('standard output', 0, error).message}`);
    process.exit(EXIT.failed);
  });
  process.stderr.on('error', () => {}); // messages that nobody can read end nothing
}

function buildProgram(): Command {
  const program = new Command('netloom').description('weave a neural network, watch it learn, take the weights home');
  program.version(version).exitOverride().showHelpAfterError('(netloom --help lists commands and options)');
  for (const add of Object.values(commands)) add(program, around);
  return program;
}

/** A wrong word on the command line, or a request for help: commander has already written what there is to say. */
function codeOfUsage({ code, exitCode }: CommanderError): number {
  return exitCode === 0 || code === 'commander.helpDisplayed' ? EXIT.done : EXIT.usage;
}

async function main(argv: readonly string[]): Promise<void> {
  if (argv[0] === 'serve') {
    outliveReaders(); // it is a host, and ends in an order of its own
  } else {
    listenForInterrupts(argv[0] === 'train');
    endWhenNobodyReads();
  }
  try {
    await buildProgram().parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = codeOfUsage(error);
    else if (error instanceof AppError) {
      around.log(`netloom: ${error.message}`);
      process.exitCode = EXIT.failed;
    } else throw error; // a bug: Node prints it with its stack and ends with 1
  }
}

await main(process.argv.slice(2));
