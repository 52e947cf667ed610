/** A plot as a file of the person's: picture, drawing or numbers. */
import { keepFile } from '../commands/keep-file.ts';
import type { AppState } from '../state/app.svelte.ts';
import { csvText } from '../ui/charts/csv-text.ts';
import { pngFromSvg } from '../ui/charts/raster.ts';
import type { PlotExports } from './define.ts';

export type PlotFile = 'png' | 'svg' | 'csv';

interface KeepOptions {
  readonly plot: PlotExports | undefined;
  /** Name of the plot, for the file's name. */
  readonly label: string;
  readonly kind: PlotFile;
}

/** Makes the file and hands it over; says so when there is nothing to keep yet. */
export async function keepPlot(app: AppState, { plot, label, kind }: KeepOptions): Promise<void> {
  const bytes = plot ? await plotBytes(plot, kind) : null;
  if (bytes === null) {
    app.notices.say('info', `${label}: there is nothing to save yet.`);
    return;
  }
  const name = await keepFile(app, fileName(app.project.document.name, label, kind), bytes);
  if (name !== null) app.notices.say('success', `Saved ${name}`);
}

async function plotBytes(plot: PlotExports, kind: PlotFile): Promise<Uint8Array | null> {
  if (kind === 'csv') {
    const table = plot.everyRow ? await plot.everyRow() : plot.table();
    return table && new TextEncoder().encode(csvText(table));
  }
  const svg = plot.svg();
  if (svg === null) return null;
  return kind === 'svg' ? new TextEncoder().encode(svg) : pngFromSvg(svg);
}

/** 'two-spirals-loss.png': plain letters, so that every file system takes it. */
export function fileName(project: string, plot: string, kind: PlotFile): string {
  const words = `${project} ${plot}`.toLowerCase().normalize('NFKD');
  const plain = words.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return `${plain || 'plot'}.${kind}`;
}
