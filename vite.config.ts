import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import sharp from 'sharp';
import { build, defineConfig, type Plugin } from 'vite';
import { withTrimmedReact } from '#web/build/trim-react.ts';
import { writeDocuments } from '#web/build/write-documents.ts';

const hub = process.env['HUB_URL'] ?? 'http://127.0.0.1:3000';
/** The last step of quality takes twice as long for a fiftieth: worth it but for what is so large that no page begins with it. */
const largeBytes = 500_000;
const toBrotli = ({ length }: Buffer) => ({
  params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY - (length > largeBytes ? 1 : 0) },
});
const text = /\.(js|css|html|svg|json)$/;

/** Writes each text file also as `.br` and `.gz`, which the hub serves as they are. */
function compressFiles(): Plugin {
  return {
    name: 'compress-files',
    apply: 'build',
    async writeBundle({ dir = '' }, bundle) {
      const names = Object.keys(bundle).filter((name) => text.test(name));
      for (const path of names.map((name) => join(dir, name))) {
        const source = await readFile(path);
        await writeFile(`${path}.br`, await promisify(brotliCompress)(source, toBrotli(source)));
        await writeFile(`${path}.gz`, await promisify(gzip)(source, { level: 9 }));
      }
    },
  };
}

/**
 * Leaves out of libraries what this page never runs and a bundler cannot tell: Zod's writer of JSON Schemas hangs on every
 * schema, as do its guard against values that contain themselves (none comes as JSON), its English (`issue-message.ts` says what is wrong), the parsers that it would make as code
 * (`web/lib/zod-without-code.ts`), codecs, and on texts a method for each format, which `z.url()` and its like stand for; React Router's forms and scripts are held by their names for developer tools, each of its
 * links looks out for what only a server of its own could send beforehand, and what its own loading of data could throw has a view.
 */
function trimLibraries(): Plugin {
  return {
    name: 'trim-libraries',
    apply: 'build',
    transform(code, id) {
      if (/\/zod\/v4\/core\/(to-json-schema|json-schema-processors|memoizer)\.js$/.test(id)) {
        const names = [...code.matchAll(/^export (?:const|function|class) ([\w$]+)/gm)].map(([, name = '']) => name);
        return names.map((name) => `export const ${name} = () => undefined;`).join('\n');
      }
      if (/\/zod\/v4\/core\/schemas\.js$/.test(id))
        return code.replace(/^(export const \$ZodObjectJIT = )[^]+?\n}\);$/m, '$1$ZodObject;');
      if (/\/zod\/v4\/classic\/schemas\.js$/.test(id))
        return code
          .replace(/^function _ensureDefaultLocale\([^]+?^}$/m, 'const _ensureDefaultLocale = () => {};')
          .replace(/^(export const ZodString = [^]+?\n}), \{\n {4}email\([^]+?^}\);$/m, '$1);')
          .replaceAll(/^ {4}(?:async )?(?:safe)?(?:en|de|En|De)code(?:Async)?(?:\(|:)[^]+?^ {4}},\n/gm, '');
      if (/\/react-router\/dist\/.+\.mjs$/.test(id))
        return code
          .replaceAll(/^\w+\.displayName = ".+";$/gm, '')
          .replace('ENABLE_DEV_WARNINGS = true;', 'ENABLE_DEV_WARNINGS = false;')
          .replace(/^function usePrefetchBehavior\([^]+?\n}$/m, 'const usePrefetchBehavior = () => [false, null, {}];')
          .replaceAll(/^function (DefaultErrorComponent|RSCErrorHandler)\([^]+?\n}$/gm, 'const $1 = () => null;')
          .replace(/^function PrefetchPageLinks\([^]+?\n}$/m, 'const PrefetchPageLinks = () => null;')
          .replaceAll(/^(var \w+ = )(React\d*\.(?:createContext|forwardRef|memo)\()/gm, '$1/* @__PURE__ */ $2');
      return null;
    },
  };
}

/** What makes a schema: one of Zod's functions, the contract's own page of things, or a schema that is made from another. */
const makesSchema = /^(?:z\.|pageOf\(|[A-Z]\w*\.(?:extend|omit|partial|pick|shape)\b)/;
/** Formats of texts as methods of `z.string()`, which `trimLibraries` leaves out. */
const asksForFormat =
  /\bstring\(\)(?:\.\w+\([^()]*\))*\.(?:email|url|uuid\w*|guid|datetime|date|time|duration|ipv\d|base64\w*|jwt|emoji)\(/;

/**
 * Has a page bring only those schemas of the contract that it uses, which a bundler cannot tell, and make each when something is
 * first read with it: making all was a tenth of what a page's scripts took.
 */
function trimContract(): Plugin {
  return {
    name: 'trim-contract',
    apply: 'build',
    transform(code, id) {
      if (!id.includes('/server/contract/')) return null;
      if (asksForFormat.test(code)) throw new Error(`${id}: write z.url(), z.email() and the like instead.`);
      const made = this.parse(code).body.flatMap((statement) => {
        const said = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
        return said?.type === 'VariableDeclaration' ? said.declarations.flatMap(({ init }) => init ?? []) : [];
      });
      const trimmed = made
        .filter(({ type }) => type === 'CallExpression' || type === 'MemberExpression')
        .reduceRight((text, { start, end }) => {
          const value = text.slice(start, end);
          const make = makesSchema.test(value) ? `madeWhenUsed(() => ${value})` : `(() => ${value})()`;
          return `${text.slice(0, start)}/* @__PURE__ */ ${make}${text.slice(end)}`;
        }, code);
      return `import { madeWhenUsed } from '#web/lib/made-when-used.ts';\n${trimmed}`;
    },
  };
}

/** Files of which a first view runs most. */
const runAtOnce = new Set(['start', 'parts', 'shared', 'chat', 'turns']);

/** Has Chromium compile these beside the page's own thread, which is a sixth of that thread's work until the first view. */
function compileEarly(): Plugin {
  return {
    name: 'compile-early',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle))
          if (file.type === 'chunk' && runAtOnce.has(file.name))
            file.code = `//# allFunctionsCalledOnLoad\n${file.code}`;
      },
    },
  };
}

/** Of a formula's fonts only the form that every browser here reads. */
function trimFonts(): Plugin {
  return {
    name: 'trim-fonts',
    enforce: 'pre',
    transform: (code, id) =>
      /\/katex(?:\.min)?\.css$/.test(id)
        ? code.replaceAll(/,\s*url\([^)]+\.(?:woff|ttf)["']?\)\s*format\([^)]+\)/g, '')
        : null,
  };
}

const icons = { 'icon-64.png': 64, 'icon-192.png': 192, 'icon-512.png': 512 };
/** For systems that cut icons into a shape of their own: the mark on a ground that goes to the edges. */
const wholeIcons = { 'icon-maskable.png': 512, 'apple-touch-icon.png': 180 };
const ground = '#0b6457';

/** Draws the icons of the installed page from the page's own. */
function drawIcons(): Plugin {
  return {
    name: 'draw-icons',
    apply: 'build',
    async buildStart() {
      const svg = await readFile('web/public/icon.svg');
      const draw = (size: number) => sharp(svg, { density: (72 * size) / 32 }).resize(size, size);
      const emit = (fileName: string, source: Uint8Array) => this.emitFile({ type: 'asset', fileName, source });
      for (const [name, size] of Object.entries(icons)) emit(name, await draw(size).png().toBuffer());
      for (const [name, size] of Object.entries(wholeIcons)) {
        const edge = Math.round(size * 0.1);
        const mark = draw(size - 2 * edge).extend({
          top: edge,
          bottom: edge,
          left: edge,
          right: edge,
          background: ground,
        });
        emit(name, await mark.flatten({ background: ground }).png().toBuffer());
      }
    },
  };
}

/** Builds the script that other sites load: one small file of its own, that shares nothing with the page. */
function buildLauncher(): Plugin {
  return {
    name: 'build-launcher',
    apply: 'build',
    async buildStart() {
      const made = await build({
        configFile: false,
        logLevel: 'silent',
        build: {
          write: false,
          target: browsers,
          lib: { entry: 'web/embed/launcher.ts', formats: ['iife'], name: 'atriumEmbed' },
        },
      });
      const [output] = [made].flat();
      if (output === undefined || !('output' in output)) throw new Error('The launcher was not built.');
      this.emitFile({ type: 'asset', fileName: 'embed.js', source: output.output[0].code });
    },
  };
}

/**
 * Builds the page in other sites' frames by itself: a part that it shared with the hub's own page would bring along what
 * only that one needs, and hardly any visitor has both in their cache.
 */
function buildFrame(): Plugin {
  return {
    name: 'build-frame',
    apply: 'build',
    async writeBundle({ dir = '' }) {
      await build({
        configFile: false,
        root: 'web',
        publicDir: false,
        logLevel: 'error',
        plugins: [
          react(),
          tailwindcss(),
          trimLibraries(),
          withTrimmedReact(),
          trimContract(),
          trimFonts(),
          compressFiles(),
        ],
        build: {
          outDir: dir,
          emptyOutDir: false,
          target: browsers,
          manifest: '.vite/frame-manifest.json',
          modulePreload: { polyfill: false },
          reportCompressedSize: false,
          rolldownOptions: { input: 'web/embed.html' },
        },
      });
    },
  };
}

/** Gives the service worker the stamp of the build: another build, another worker. */
function stampServiceWorker(): Plugin {
  return {
    name: 'stamp-service-worker',
    apply: 'build',
    async writeBundle({ dir = '' }, bundle) {
      const stamp = createHash('sha256').update(Object.keys(bundle).sort().join()).digest('hex').slice(0, 12);
      const path = join(dir, 'service-worker.js');
      await writeFile(path, (await readFile(path, 'utf8')).replace('atrium-BUILD', `atrium-${stamp}`));
    },
  };
}

const browsers = ['chrome123', 'edge123', 'firefox121', 'safari17.5'];

export default defineConfig({
  root: 'web',
  plugins: [
    react(),
    tailwindcss(),
    trimLibraries(),
    withTrimmedReact(),
    trimContract(),
    writeDocuments(),
    compileEarly(),
    trimFonts(),
    drawIcons(),
    buildLauncher(),
    buildFrame(),
    stampServiceWorker(),
    compressFiles(),
  ],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: browsers,
    manifest: true,
    // Each of these browsers knows it.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: 'web/index.html',
      output: {
        codeSplitting: {
          groups: [
            // What every page begins with.
            {
              name: 'start',
              test: /rolldown\/runtime|vite\/preload-helper|\/web\/app\/(?:pages|providers)\.tsx?$|\/web\/lib\/(?:i18n\/(?:text-files|text-rooms|language)|lazy-component|load-once|made-when-used|page-history|when-idle|zod-without-code)\.ts$|\/react-dom\/client\.js$|\/web\/(?:styles\/global|features\/runs\/markdown\/markdown)\.css$/,
              priority: 8,
            },
            // Few files instead of many small ones. First what the chat shows too, at once;
            {
              name: 'parts',
              test: /\/node_modules\/@tanstack\/(?!.+\/(?:queriesObserver|useQueries)\.)|\/lucide-react\/.+\/(?:panel-left|arrow-(?:up|down|left|down-up)|rotate-ccw|file-text|image|paperclip|square|x|message-circle-plus|ellipsis|check|copy|chevron-right|loader-circle|thumbs-(?:up|down)|flask-conical|git-fork)\.mjs$|\/web\/ui\/(?:dialog|menu|badge|code-block|copy-button|example-list|hold-place|scroll-region)\.|\/web\/lib\/(?:when-touched|after-typing|in-turn|later-component|since-use|to-picture|format|when-idle|use-resting|use-form-near-view|after-paint|use-shown-name|words-to-say)\.|\/server\/contract\/(?:agent|agent-definition|agent-translation|budget|conversation|conversation-folder|cost|data-mark|feedback|file|is-object|localized-text|news|run)\.|\/features\/files\/(?:file-address|components\/file-chip(?:-list)?|api\/upload-file)\.|\/features\/agents\/api\/agent-queries\.|\/web\/app\/(?:page-frame|with-agent)\.|\/runs\/markdown\/(?:markdown|late-blocks)\./,
              minShareCount: 2,
              priority: 6,
            },
            // then what its messages need a moment later, and other pages too;
            {
              name: 'later',
              test: /\/lucide-react\/.+\/(?:trash|pencil|play|chevron-left|download)\.mjs$|\/web\/ui\/confirm-dialog\.|\/web\/lib\/(?:save-file|use-object-url|theme-colours)\./,
              minShareCount: 2,
              priority: 5.5,
            },
            // then what nearly every other page shares; forms, tabs and the hub's own come with the first page that has them.
            {
              name: 'shared',
              test: /\/lucide-react\/|\/web\/(ui|lib)\/(?!form-resolver|use-submit|problem-in-form|tabs|switch-field|use-categories|text-diff|diff-lines|checkbox-field|use-cancellable|find-by-words)|\/server\/contract\/(?!hub|proposal|eval|chinese-labels|column-title|to-view-chart|analysis-charts|to-csv)/,
              minShareCount: 3,
              priority: 5,
            },
            // What a chart shows, with the names of columns in Chinese, comes with the first one;
            {
              name: 'labels',
              test: /\/server\/contract\/(?:chinese-labels|column-title|to-view-chart|analysis-charts)\./,
              priority: 4.8,
            },
            // What two or three pages share is too small for files of its own.
            {
              name: 'small',
              test: /\/lucide-react\/.+\/(?:search-x|upload|undo-2|rotate-ccw-clock)\.mjs$|\/web\/(?:app\/agent-paths|ui\/(?:checkbox-field|switch-field)|lib\/(?:to-picture|use-categories|use-first-few))\.|\/features\/(?:agents\/(?:draw-avatar|to-picture)|agents\/api\/(?:model-list-query|duplicate-agent)|tools\/schema-fields|models\/use-model-facts)\./,
              minShareCount: 2,
              priority: 4.5,
            },
            { name: 'markdown', test: /\/draw-markdown\.tsx$/, priority: 4 },
            // The messages come apart from the chat, whose opening has none.
            { name: 'chat', test: /\/conversations\/components\/(?:chat|conversation-list)\.tsx$/, priority: 3 },
            // What stands under each message, and what few parts of an answer need, come after its words.
            {
              name: 'actions',
              test: /\/conversations\/components\/(?:answer-actions|person-actions)\.tsx$/,
              priority: 1,
            },
            { name: 'blocks', test: /\/runs\/markdown\/(?:markdown-table|folded-code|long-table)\.tsx$/ },
            { name: 'turns', test: /\/conversations\/components\/(?:agent-message|turn-list)\.tsx$/, priority: 2 },
            {
              name: 'kept',
              test: /\/conversations\/(?:api\/folder-requests|components\/kept-conversations)\.tsx?$/,
              priority: 2,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': hub, '/v1': hub, '/health': hub, '/sandbox': hub, '^/embed(?:\\.js|/[a-z0-9-]+)$': hub } },
});
