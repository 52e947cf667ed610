/** How this person likes the window: theme, panel sizes, what is folded away. Kept in the page's own storage. */

export type ThemeChoice = 'system' | 'light' | 'dark';
export type Theme = 'light' | 'dark';
export type WireMeasure = 'weights' | 'gradients';
/** Epochs per second to choose from, beside full speed. */
export const paces = [30, 5, 1] as const;
export type LeftPanel = 'layers' | 'data' | 'runs' | 'lessons';

/** What is used of window.localStorage. */
export interface Keep {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

interface Kept {
  readonly themeChoice: ThemeChoice;
  readonly leftPanel: LeftPanel | null;
  readonly leftWidth: number;
  /** The same two columns while lessons are shown: text needs more room, the check of a lesson less. */
  readonly lessonWidth: number;
  readonly checkWidth: number;
  /** Steps that have been seen, by the lesson's id. */
  readonly lessonProgress: Readonly<Record<string, number>>;
  /** null: a share of the window, until the person moves the line. */
  readonly rightWidth: number | null;
  /** Share of the right column that the inspector takes. */
  readonly inspectorShare: number;
  readonly showMinimap: boolean;
  /** Wires as thick as their weights, or the gradients of these, are large; null: all alike. */
  readonly wireMeasure: WireMeasure | null;
  /** Epochs per second that runs are held back to; null: full speed. */
  readonly pace: number | null;
  /** Ids of the plots in the dock; null: the usual ones. */
  readonly firstPlot: string | null;
  readonly secondPlot: string | null;
  readonly showTwoPlots: boolean;
  /** Share of the dock that the first plot takes. */
  readonly plotShare: number;
}

const KEY = 'netloom.window';
const DEFAULTS: Kept = {
  themeChoice: 'system',
  leftPanel: 'layers',
  leftWidth: 232,
  lessonWidth: 340,
  checkWidth: 312,
  lessonProgress: {},
  rightWidth: null,
  inspectorShare: 0.36,
  showMinimap: true,
  wireMeasure: null,
  pace: null,
  firstPlot: null,
  secondPlot: null,
  showTwoPlots: true,
  plotShare: 0.45,
};

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** What was kept, key by key, as far as it is still of the right type. */
function readKept(keep: Keep): Kept {
  const text = keep.getItem(KEY);
  if (text === null) return DEFAULTS;
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return DEFAULTS;
    throw error;
  }
  const table = isTable(stored) ? stored : {};
  const size = (key: keyof Kept, fallback: number): number => {
    const value = table[key];
    return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : fallback;
  };
  const panels: readonly unknown[] = ['layers', 'data', 'runs', 'lessons', null];
  return {
    themeChoice: table.themeChoice === 'light' || table.themeChoice === 'dark' ? table.themeChoice : 'system',
    leftPanel: panels.includes(table.leftPanel) ? (table.leftPanel as LeftPanel | null) : DEFAULTS.leftPanel,
    leftWidth: size('leftWidth', DEFAULTS.leftWidth),
    lessonWidth: size('lessonWidth', DEFAULTS.lessonWidth),
    checkWidth: size('checkWidth', DEFAULTS.checkWidth),
    lessonProgress: readProgress(table.lessonProgress),
    rightWidth: size('rightWidth', 0) || null,
    inspectorShare: Math.min(0.9, size('inspectorShare', DEFAULTS.inspectorShare)),
    showMinimap: table.showMinimap !== false,
    wireMeasure: table.wireMeasure === 'weights' || table.wireMeasure === 'gradients' ? table.wireMeasure : null,
    pace: paces.find((pace) => pace === table.pace) ?? null,
    firstPlot: typeof table.firstPlot === 'string' ? table.firstPlot : null,
    secondPlot: typeof table.secondPlot === 'string' ? table.secondPlot : null,
    showTwoPlots: table.showTwoPlots !== false,
    plotShare: Math.min(0.9, Math.max(0.1, size('plotShare', DEFAULTS.plotShare))),
  };
}

/** What is a whole number of steps. */
function readProgress(stored: unknown): Readonly<Record<string, number>> {
  const entries = isTable(stored) ? Object.entries(stored) : [];
  return Object.fromEntries(
    entries.filter((entry): entry is [string, number] => Number.isSafeInteger(entry[1]) && Number(entry[1]) > 0),
  );
}

export class SettingsState {
  #kept: Kept = $state.raw(DEFAULTS);
  #systemDark = $state(false);
  readonly #keep: Keep;

  constructor(keep: Keep, systemDark: boolean) {
    this.#keep = keep;
    this.#kept = readKept(keep);
    this.#systemDark = systemDark;
  }

  readonly theme: Theme = $derived(
    this.#kept.themeChoice === 'system' ? (this.#systemDark ? 'dark' : 'light') : this.#kept.themeChoice,
  );
  get themeChoice(): ThemeChoice {
    return this.#kept.themeChoice;
  }
  get leftPanel(): LeftPanel | null {
    return this.#kept.leftPanel;
  }
  get leftWidth(): number {
    return this.#kept.leftWidth;
  }
  get lessonWidth(): number {
    return this.#kept.lessonWidth;
  }
  get checkWidth(): number {
    return this.#kept.checkWidth;
  }
  get lessonProgress(): Readonly<Record<string, number>> {
    return this.#kept.lessonProgress;
  }
  get rightWidth(): number | null {
    return this.#kept.rightWidth;
  }
  get inspectorShare(): number {
    return this.#kept.inspectorShare;
  }
  get showMinimap(): boolean {
    return this.#kept.showMinimap;
  }
  get wireMeasure(): WireMeasure | null {
    return this.#kept.wireMeasure;
  }
  get pace(): number | null {
    return this.#kept.pace;
  }

  get firstPlot(): string | null {
    return this.#kept.firstPlot;
  }
  get secondPlot(): string | null {
    return this.#kept.secondPlot;
  }
  get showTwoPlots(): boolean {
    return this.#kept.showTwoPlots;
  }
  get plotShare(): number {
    return this.#kept.plotShare;
  }

  /** The system's own theme changed. */
  systemTheme(dark: boolean): void {
    this.#systemDark = dark;
  }

  set(change: Partial<Kept>): void {
    this.#kept = { ...this.#kept, ...change };
    this.#keep.setItem(KEY, JSON.stringify(this.#kept));
  }

  toggleTheme(): void {
    this.set({ themeChoice: this.theme === 'dark' ? 'light' : 'dark' });
  }

  /** Shows a left panel, or folds the column away when it is already shown. */
  togglePanel(panel: LeftPanel): void {
    this.set({ leftPanel: this.leftPanel === panel ? null : panel });
  }
}
