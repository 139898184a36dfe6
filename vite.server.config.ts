import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { defineConfig, type Plugin } from 'vite';
import { toPictureName } from './server/features/agents/shipped-pictures.ts';

/** Native code and WebAssembly, which find files of their own at run time; the parser asks for its own file's name. */
const leftInPlace = [
  'sharp',
  '@duckdb/node-api',
  '@electric-sql/pglite',
  '@electric-sql/pglite-pgvector',
  '@electric-sql/pglite-socket',
  '@jitl/quickjs-ng-wasmfile-release-sync',
  '@solidity-parser/parser',
  'arima',
];

/** Each `x-worker.ts` becomes a file `x-worker.js` of its own, for `new Worker`. */
const workers = readdirSync('server', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('-worker.ts'))
  .map((path): [string, string] => [basename(path, '.ts'), join('server', path)]);

/** The API's reference page is bundled too, but reads its pictures and scripts from where npm put them. */
const findSwaggerFiles: Plugin = {
  name: 'find-swagger-files',
  transform(code, id) {
    const [, file] = /@fastify\/swagger-ui\/(index|lib\/routes)\.js$/.exec(id) ?? [];
    if (file === undefined) return null;
    const folder = file === 'index' ? '.' : 'lib';
    const place = `path.join(path.dirname(require.resolve('@fastify/swagger-ui/package.json')), '${folder}')`;
    return { code: code.replaceAll('__dirname', place), map: null };
  },
};

/** The largest that one is shown, on a screen with two pixels for each. */
const picturePixels = 160;

/** Draws the avatars of shipped agents: an SVG is to a browser a document of its own, ten times the work of a picture. */
const drawAvatars: Plugin = {
  name: 'draw-avatars',
  async writeBundle({ dir = '' }) {
    const avatars = readdirSync('agents')
      .map((slug) => join('agents', slug, 'avatar.svg'))
      .filter((path) => existsSync(path))
      .map((path) => readFileSync(path));
    const folder = join(dir, 'avatars');
    await mkdir(folder, { recursive: true });
    for (const svg of avatars) {
      const drawn = sharp(svg, { density: 300 }).resize(picturePixels, picturePixels).webp({ lossless: true });
      await drawn.toFile(join(folder, toPictureName(svg)));
    }
  },
};

/** Everything else is bundled: reading thousands of small files takes a second of each start. */
export default defineConfig({
  publicDir: false,
  plugins: [findSwaggerFiles, drawAvatars],
  ssr: { noExternal: true, external: leftInPlace },
  build: {
    ssr: true,
    outDir: 'dist/server',
    emptyOutDir: true,
    target: 'node20',
    // A third of the start was the reading of source text.
    minify: true,
    rolldownOptions: {
      input: { main: 'server/main.ts', hub: 'server/hub.ts', ...Object.fromEntries(workers) },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
