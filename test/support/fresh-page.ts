import { vi } from 'vitest';

// Files share a process, and so React and the other libraries; but not what the page's own modules remember, as that it
// was touched or which texts are on their way.
vi.resetModules();
