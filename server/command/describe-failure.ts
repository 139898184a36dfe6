import { ZodError } from 'zod';
import { HubError } from '#server/hub-error.ts';

/** What went wrong, in lines for people. */
export function describeFailure(error: unknown): string[] {
  if (error instanceof ZodError) {
    return error.issues.map(({ path, message }) => (path.length === 0 ? message : `--${String(path[0])}: ${message}`));
  }
  if (error instanceof HubError) {
    const issues = error.errors?.map(({ message }) => message) ?? [];
    return issues.length > 0 ? issues : [error.message];
  }
  const code = (error as { code?: unknown }).code;
  if (code === 'ENOSPC') return ['The disk is full. Make room and try again.'];
  return [error instanceof Error && error.message !== '' ? error.message : `Something went wrong (${String(error)}).`];
}
