import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { prepareHub } from '#server/start/prepare-hub.mjs';

/* Builds the hub and the bench, and runs the bench: `npm run bench [-- scenario …]`. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const outDir = `${root}node_modules/.cache/atrium/bench`;
await prepareHub();
await build({
  root,
  configFile: false,
  logLevel: 'error',
  build: {
    ssr: true,
    outDir,
    emptyOutDir: true,
    target: 'node20',
    rolldownOptions: {
      input: {
        bench: 'test/load/bench.ts',
        upstream: 'test/load/upstream.ts',
        'pass-through': 'test/load/pass-through.ts',
      },
    },
  },
});
await import(`${outDir}/bench.js`);
