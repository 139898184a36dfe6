/* What Vega exports and its types leave out. */

import 'vega';

declare module 'vega' {
  export const textMetrics: {
    width: (item: { fontSize?: number; fontWeight?: number | string; limit?: number }, text?: unknown) => number;
  };
}
