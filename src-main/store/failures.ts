/** SQLite's errors that a user can cause, as errors that name the file and say what to do. */
import { dirname } from 'node:path';
import { AppError } from '../../src-core/lib/errors.ts';
import { codeOf, isWritable } from './io.ts';

/** The error to throw for `cause`; what is not SQLite's or the system's comes back as it was. */
export function storeError(file: string, cause: unknown): unknown {
  const code = codeOf(cause);
  if (code === undefined || cause instanceof AppError) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return new AppError('host.store_full', { file }, { cause });
  // SQLite also says this of a header whose version bytes are damaged.
  if (code === 'SQLITE_READONLY' && isWritable(file))
    return new AppError('host.store_damaged', { file, reason }, { cause });
  if (code.startsWith('SQLITE_READONLY') || code === 'EROFS' || code === 'EACCES')
    return new AppError('host.store_read_only', { file }, { cause });
  // A store in WAL mode needs files beside it even to be read.
  if (code === 'SQLITE_CANTOPEN' && !isWritable(dirname(file)))
    return new AppError('host.store_read_only', { file }, { cause });
  if (code.startsWith('SQLITE_BUSY')) return new AppError('host.store_busy', { file }, { cause });
  if (code === 'SQLITE_NOTADB')
    return new AppError('host.store_foreign', { file, what: 'another kind of file' }, { cause });
  // A damaged byte of the header has no code of its own.
  if (code.startsWith('SQLITE_CORRUPT') || reason === 'unsupported file format')
    return new AppError('host.store_damaged', { file, reason }, { cause });
  if (code.startsWith('SQLITE_CONSTRAINT') || code === 'SQLITE_ERROR' || !/^(SQLITE_|E[A-Z]+$)/.test(code))
    return cause;
  return new AppError('host.store_failed', { file, reason }, { cause });
}

/** Runs `work`, turning its SQLite errors as `storeError` says. */
export function guarded<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw storeError(file, error);
  }
}
