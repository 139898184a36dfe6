import { readFile } from 'node:fs/promises';
import type { Plugin, Rolldown } from 'vite';
import { openings } from '#web/app/page-openings.ts';
import { languages } from '#web/lib/i18n/language.ts';
import { everywhere, givenTexts, toTextFile } from '#web/lib/i18n/text-rooms.ts';

type Bundle = Rolldown.OutputBundle;

/** The scripts and styles that come with some modules. */
function gatherFiles(bundle: Bundle, modules: readonly string[]): Set<string> {
  const files = new Set<string>();
  const add = (name: string) => {
    const chunk = bundle[name];
    if (chunk?.type !== 'chunk' || files.has(name)) return;
    files.add(name);
    for (const style of chunk.viteMetadata?.importedCss ?? []) files.add(style);
    for (const imported of chunk.imports) add(imported);
  };
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
  for (const module of modules) {
    const isIt = (id: string) => id.endsWith(`/web/${module}`);
    const chunk =
      chunks.find(({ facadeModuleId }) => facadeModuleId !== null && isIt(facadeModuleId)) ??
      chunks.find(({ moduleIds }) => moduleIds.some(isIt));
    if (chunk === undefined) throw new Error(`The page has no file with ${module}.`);
    add(chunk.fileName);
  }
  return files;
}

const toLink = (file: string) =>
  `<link rel="${file.endsWith('.css') ? 'stylesheet' : 'modulepreload'}" crossorigin href="/${file}">`;

/** The texts of some features as data that runs nothing: what could end the element is written as its escape. */
async function writeTexts(features: readonly string[], language: string): Promise<string> {
  const texts = await Promise.all(
    features.map(async (feature) => {
      const file = await readFile(`web/${toTextFile(feature, language)}`, 'utf8');
      return [`${language} ${feature}`, JSON.parse(file) as unknown];
    }),
  );
  const data = JSON.stringify(Object.fromEntries(texts)).replaceAll('<', String.raw`\u003c`);
  return `<script type="application/json" id="${givenTexts}">${data}</script>`;
}

/**
 * Writes a document for each form in which a page is opened, in each language: it has the form's texts, and asks for all else
 * that is shown at once, which the page's own code would only ask for when it runs. The hub chooses one by the address, with
 * `documents/list.json`.
 */
export function writeDocuments(): Plugin {
  return {
    name: 'write-documents',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const index = bundle['index.html'];
        if (index?.type !== 'asset') throw new Error('The page has no document.');
        const html = String(index.source);
        const emit = (fileName: string, source: string) => this.emitFile({ type: 'asset', fileName, source });
        for (const [place, { name, features, modules }] of openings.entries()) {
          const files = gatherFiles(bundle, [`app/routes/${name}.tsx`, ...modules]);
          const links = [...files].filter((file) => !html.includes(`"/${file}"`)).map(toLink);
          const head = html.replace('</head>', `  ${links.join('\n    ')}\n  </head>`);
          for (const language of Object.keys(languages)) {
            const texts = await writeTexts([...everywhere, ...features], language);
            // As a function, for a text may hold what `replace` would take for a sign.
            emit(
              `documents/${place}.${language}.html`,
              head
                .replace('<html lang="en">', `<html lang="${language}">`)
                .replace('</body>', () => `  ${texts}\n  </body>`),
            );
          }
        }
        const list = openings.map(({ pattern, asks }, place) => ({ pattern, asks, document: String(place) }));
        emit('documents/list.json', JSON.stringify(list));
      },
    },
  };
}
