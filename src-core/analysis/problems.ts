/** Gathers problems while the parts of analysis look at a document. */
import { errorText, type ErrorCode, type ErrorDetail } from '../lib/errors.ts';
import type { FieldProblem } from '../lib/fields-check.ts';
import type { Fix, Problem } from './define.ts';

/** Where a problem is, and its fix where there is one. */
export interface Place {
  readonly node?: string | undefined;
  readonly edge?: number | undefined;
  readonly path?: string | undefined;
  readonly fix?: Fix | undefined;
}

export class ProblemList {
  readonly all: Problem[] = [];

  error<C extends ErrorCode>(code: C, detail: ErrorDetail<C>, place: Place = {}): void {
    this.add('error', code, errorText(code, detail), place);
  }

  warning<C extends ErrorCode>(code: C, detail: ErrorDetail<C>, place: Place = {}): void {
    this.add('warning', code, errorText(code, detail), place);
  }

  /** Gives problems a better fix, where there is one. */
  amend(fixOf: (problem: Problem) => Fix | undefined): void {
    this.all.forEach((problem, index) => {
      const fix = fixOf(problem);
      if (fix !== undefined) this.all[index] = { ...problem, fix };
    });
  }

  /** What checkFields found; `fixOf` proposes a mend where there is one. */
  fields(
    found: readonly FieldProblem[],
    node?: string,
    fixOf: (problem: FieldProblem) => Fix | undefined = () => undefined,
  ): void {
    for (const problem of found) {
      this.add('error', problem.code, problem.message, { node, path: problem.path, fix: fixOf(problem) });
    }
  }

  add(severity: Problem['severity'], code: string, message: string, { node, edge, path, fix }: Place): void {
    this.all.push({
      severity,
      code,
      message,
      ...(node !== undefined && { node }),
      ...(edge !== undefined && { edge }),
      ...(path !== undefined && { path }),
      ...(fix !== undefined && { fix }),
    });
  }
}
