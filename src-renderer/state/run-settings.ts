/** The settings of a run in a few lines, as its document has them. */
import type { RunDetail } from '../../src-core/contract/records.ts';
import { isObject } from '../../src-core/lib/fields-check.ts';
import type { JsonObject } from '../../src-core/graph/model.ts';

export interface Setting {
  readonly name: string;
  readonly value: string;
}

/** Data, network size, loss, optimizer and whatever else was not left to its default. */
export function settingsOf({ document, parameterCount }: RunDetail): readonly Setting[] {
  const { data, training, graph } = document;
  const name = data['name'] ?? data['path'];
  const settings: Setting[] = [
    { name: 'Data', value: typeof name === 'string' ? `${data.kind} ${name}` : data.kind },
    { name: 'Network', value: `${graph.nodes.length} nodes, ${parameterCount} parameters` },
    { name: 'Loss', value: isObject(training.loss) ? typed(training.loss) : words(training.loss) },
    { name: 'Optimizer', value: typed(training.optimizer) },
  ];
  for (const [key, value] of Object.entries(training)) {
    if (key === 'loss' || key === 'optimizer' || value === undefined || value === null) continue;
    settings.push({ name: words(key), value: typeof value === 'object' ? typed(value as JsonObject) : String(value) });
  }
  return settings;
}

/** 'adam, learning rate 0.02'. */
function typed({ type, ...rest }: JsonObject): string {
  const parts = Object.entries(rest).map(
    ([key, value]) =>
      `${words(key).toLowerCase()} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
  );
  return [...(typeof type === 'string' ? [words(type).toLowerCase()] : []), ...parts].join(', ');
}

function words(id: string): string {
  const text = id.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
