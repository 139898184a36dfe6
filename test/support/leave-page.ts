import { afterAll } from 'vitest';

// Files share the page's modules, but not its window: nothing may go on waiting for the first touch of one that is gone.
afterAll(() => {
  window.dispatchEvent(new Event('pointermove'));
});
