import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { prepareHub } from '#server/start/prepare-hub.mjs';

/* Builds the hub and a bench, and runs the bench: `npm run bench [-- scenario …]`, `npm run bench:web [-- scenario …]`. */
const [program = 'bench'] = process.argv.splice(2, 1);
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
        [program]: `test/load/${program}.ts`,
        upstream: 'test/load/upstream.ts',
        'pass-through': 'test/load/pass-through.ts',
      },
    },
  },
});
await import(`${outDir}/${program}.js`);
