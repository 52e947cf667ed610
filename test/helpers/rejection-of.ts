/** The whole message of the AppError that a promise rejects with; 'nothing was thrown' otherwise. Any other error goes through. */
import { AppError } from '../../src-core/lib/errors.ts';

export async function rejectionOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'nothing was thrown';
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}
