/** The whole message of the AppError that a call throws; 'nothing was thrown' otherwise. Any other error goes through. */
import { AppError } from '../../src-core/lib/errors.ts';

export function messageOf(call: () => unknown): string {
  try {
    call();
    return 'nothing was thrown';
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}
