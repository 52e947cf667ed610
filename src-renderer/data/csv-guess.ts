/** A first choice of target, inputs and task for a table that was just brought in; the person changes what is wrong. */
import type { CsvInspection, DataColumn } from '../../src-core/contract/records.ts';
import type { Task } from '../../src-core/datasets/define.ts';

export type Role = 'input' | 'target' | 'ignore';
export type Roles = Readonly<Record<string, Role>>;

/** Columns with more labels than this are names or dates, hardly inputs. */
const MOST_LABELS = 20;
/** Whole numbers with so few values in the rows seen are rather classes than measurements. */
const MOST_CLASS_NUMBERS = 10;
/** What people call the column to predict. */
const TARGET_NAME = /^(target|label|class|y|output|outcome|response|diagnosis|species|survived|klasse|ziel)$/i;
/** What they call the number of a row: 'id', 'Nr.', 'customer_id', 'PassengerId'. */
const NUMBER_NAMES = [/^(index|no\.?|nr\.?|row|#)$|(^|[\s_-])id$/i, /[a-z]I[dD]$/];

/**
 * The target is the column that is called so; else the last one, where it is a value or a few labels; else the last one
 * with few labels. Other columns are inputs where they can be.
 */
export function guessRoles(inspection: CsvInspection): Roles {
  const usable = inspection.columns.filter((column) => canBeInput(column, inspection));
  const last = inspection.columns.at(-1);
  const target =
    usable.findLast(({ name }) => TARGET_NAME.test(name)) ??
    (last !== undefined && usable.includes(last) ? last : undefined) ??
    usable.findLast((column) => isFewLabels(column)) ??
    last;
  const role = (column: DataColumn): Role =>
    column === target ? 'target' : usable.includes(column) ? 'input' : 'ignore';
  return Object.fromEntries(inspection.columns.map((column) => [column.name, role(column)]));
}

/** True for numbers that are not just the rows', and for a few labels. */
export function canBeInput(column: DataColumn, inspection: CsvInspection): boolean {
  return column.type === 'number' ? !isRowNumber(column, inspection) : isFewLabels(column);
}

function isFewLabels({ type, labels }: DataColumn): boolean {
  return type === 'category' && labels.length >= 2 && labels.length <= MOST_LABELS;
}

/** Whole numbers, each once: counting up by one through the whole file, or in a column that is called a number. */
function isRowNumber(column: DataColumn, inspection: CsvInspection): boolean {
  const seen = cellsOf(inspection, column.name).map(Number);
  const isDistinct = seen.length > 2 && new Set(seen).size === seen.length && seen.every(Number.isInteger);
  if (!isDistinct || column.missing > 0) return false;
  const spans = (column.max ?? 0) - (column.min ?? 0) === inspection.rowCount - 1;
  const counts = seen.every((value, i) => i === 0 || value === (seen[i - 1] ?? NaN) + 1);
  return NUMBER_NAMES.some((name) => name.test(column.name)) || (spans && counts && inspection.columns[0] === column);
}

/** Filled cells of a column in the rows seen. */
function cellsOf({ columns, rows }: CsvInspection, name: string): readonly string[] {
  const at = columns.findIndex((column) => column.name === name);
  return rows.map((row) => (row[at] ?? '').trim()).filter((cell) => cell !== '');
}

/** Labels mean classes; so do whole numbers with few values. Everything else is a value to predict. */
export function guessTask(inspection: CsvInspection, target: string): Task {
  const column = inspection.columns.find(({ name }) => name === target);
  if (!column) return 'regression';
  if (column.type === 'category') return column.labels.length === 2 ? 'binary' : 'multiclass';
  const seen = new Set(cellsOf(inspection, target));
  const areWhole = [...seen].every((cell) => /^[+-]?\d+$/.test(cell));
  if (!areWhole || seen.size < 2 || seen.size > MOST_CLASS_NUMBERS) return 'regression';
  return seen.size === 2 ? 'binary' : 'multiclass';
}
