import { configure, prettyDOM } from '@testing-library/react';
import { vi } from 'vitest';
import { keepQuietWhenGivenUp } from './keep-quiet-when-given-up.ts';

// Files share a process, and so React and the other libraries; but not what the page's own modules remember, as that it
// was touched or which texts are on their way.
vi.resetModules();

keepQuietWhenGivenUp();
configure({ getElementError });

/** Who waits for an element is told many times that it is not there yet: the page is written down only for who reads that. */
function getElementError(message: string | null, container: Element): Error {
  const error = new Error(message ?? '');
  error.name = 'TestingLibraryElementError';
  // The test's own line comes first.
  Error.captureStackTrace(error, getElementError);
  const read = () => [message, prettyDOM(container)].filter(Boolean).join('\n\n');
  return Object.defineProperty(error, 'message', { get: read, configurable: true });
}
