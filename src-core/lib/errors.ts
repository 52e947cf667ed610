/** Everything a user can cause, as one error type whose texts live in one catalogue (`errors/`, one file per area). */
import { dataErrors } from './errors/data.ts';
import { engineErrors } from './errors/engine.ts';
import { expressionErrors } from './errors/expression.ts';
import { fileErrors } from './errors/files.ts';
import { graphErrors } from './errors/graph.ts';
import { hostErrors } from './errors/host.ts';

const catalogue = { ...graphErrors, ...dataErrors, ...fileErrors, ...engineErrors, ...expressionErrors, ...hostErrors };

export type ErrorCode = keyof typeof catalogue;
/** The values an error's text is made of. */
export type ErrorDetail<C extends ErrorCode> = Parameters<(typeof catalogue)[C]>[0];

/** Every code of the catalogue, for the test that asks each to be raised somewhere. */
export const errorCodes = Object.keys(catalogue) as ErrorCode[];

/**
 * The text of an error: "<where>: expected <X>, got <Y>" and, where it is known, what to do.
 * @param code entry of the catalogue
 * @param detail the values the text is made of
 */
export function errorText<C extends ErrorCode>(code: C, detail: ErrorDetail<C>): string {
  const text = catalogue[code] as (detail: ErrorDetail<C>) => string;
  return text(detail);
}

/** An error a user can cause. `code` is for programs, `message` for people, `detail` holds the values in it. */
export class AppError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'AppError';
  readonly code: C;
  readonly detail: ErrorDetail<C>;

  constructor(code: C, detail: ErrorDetail<C>, options?: { cause?: unknown }) {
    super(errorText(code, detail), options);
    this.code = code;
    this.detail = detail;
  }
}
