/** `netloom templates`: the built-in projects. */
import { templates as all } from '../../src-core/templates/registry.ts';
import { exiting, EXIT, type CommandDefinition } from './define.ts';
import { jsonText, table } from './outputs.ts';

export const templates: CommandDefinition = (program, around) => {
  program
    .command('templates')
    .description('list the built-in projects')
    .option('--json', 'print the list as JSON')
    .action(
      exiting(around, ({ json }: { json?: boolean }) => {
        const list = Object.entries(all).map(([name, { label, summary }]) => ({ name, label, summary }));
        const rows = list.map(({ name, summary }) => [name, summary]);
        around.print(json ? jsonText(list) : table(['name', 'what it shows'], rows));
        return EXIT.done;
      }),
    );
};
