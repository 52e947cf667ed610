/** `netloom export`: a weights file in another format. */
import { Option } from 'commander';
import { openWeights } from '../../src-core/formats/open-weights.ts';
import { formats } from '../../src-core/formats/registry.ts';
import { present } from '../../src-core/lib/assert.ts';
import { atomicWrite } from '../store/io.ts';
import { exiting, EXIT, type CommandDefinition } from './define.ts';
import { readBytes } from './inputs.ts';

interface ExportFlags {
  readonly format: string;
  readonly out: string;
  readonly allowNonFinite?: boolean;
}

/** Options that every exporting command has. */
export const formatOption = () =>
  new Option('--format <name>', 'kind of file').choices(Object.keys(formats)).default('json');

export const exportCommand: CommandDefinition = (program, around) => {
  program
    .command('export')
    .description('write a weights file in another format')
    .argument('<weights>', 'weights file')
    .addOption(formatOption().makeOptionMandatory())
    .requiredOption('--out <file>', 'file to write')
    .option('--allow-non-finite', 'write NaN and infinities too')
    .action(
      exiting(around, async (weights: string, { format, out, allowNonFinite = false }: ExportFlags) => {
        const { network } = openWeights(await readBytes(weights));
        const { write } = present(formats[format], format);
        await atomicWrite(out, write(network, { allowNonFinite }));
        around.log(`wrote ${out}`);
        return EXIT.done;
      }),
    );
};
