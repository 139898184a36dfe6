import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { prepareHub } from '#server/start/prepare-hub.mjs';

/* Builds the hub and a program of this folder, and runs it: a bench (`load/bench`, `load/bench-web`) or `pictures/take-pictures`. */
const [program = ''] = process.argv.splice(2, 1);
const name = program.split('/').at(-1) ?? '';
const root = fileURLToPath(new URL('..', import.meta.url));
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
        [name]: `test/${program}.ts`,
        upstream: 'test/load/upstream.ts',
        'ask-often': 'test/load/ask-often.ts',
        'pass-through': 'test/load/pass-through.ts',
      },
    },
  },
});
await import(`${outDir}/${name}.js`);
