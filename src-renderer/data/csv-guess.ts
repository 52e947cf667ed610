/** A first choice of target, inputs and task for a table that was just brought in; the person changes what is wrong. */
import type { CsvInspection, DataColumn } from '../../src-core/contract/records.ts';
import type { Task } from '../../src-core/datasets/define.ts';

export type Role = 'input' | 'target' | 'ignore';
export type Roles = Readonly<Record<string, Role>>;

/** Columns with more labels than this are names or dates, hardly inputs. */
const MOST_LABELS = 20;
/** Whole numbers with so few values in the rows seen are rather classes than measurements. */
const MOST_CLASS_NUMBERS = 10;

/** The last column with few labels is the target, else the last column; other columns are inputs where they can be. */
export function guessRoles({ columns }: CsvInspection): Roles {
  const target = columns.findLast((column) => isFewLabels(column)) ?? columns.at(-1);
  return Object.fromEntries(columns.map((column) => [column.name, column === target ? 'target' : inputRole(column)]));
}

function inputRole(column: DataColumn): Role {
  return column.type === 'number' || isFewLabels(column) ? 'input' : 'ignore';
}

function isFewLabels({ type, labels }: DataColumn): boolean {
  return type === 'category' && labels.length >= 2 && labels.length <= MOST_LABELS;
}

/** Labels mean classes; so do whole numbers with few values. Everything else is a value to predict. */
export function guessTask(inspection: CsvInspection, target: string): Task {
  const at = inspection.columns.findIndex(({ name }) => name === target);
  const column = inspection.columns[at];
  if (!column) return 'regression';
  if (column.type === 'category') return column.labels.length === 2 ? 'binary' : 'multiclass';
  const seen = new Set(inspection.rows.map((row) => (row[at] ?? '').trim()).filter((cell) => cell !== ''));
  const areWhole = [...seen].every((cell) => /^[+-]?\d+$/.test(cell));
  if (!areWhole || seen.size < 2 || seen.size > MOST_CLASS_NUMBERS) return 'regression';
  return seen.size === 2 ? 'binary' : 'multiclass';
}
