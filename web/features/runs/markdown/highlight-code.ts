import type { LanguageFn } from 'highlight.js';
import { createLowlight } from 'lowlight';

/** Code in pieces: words, or what is drawn in one colour. */
export type CodeNode = string | { className: string; children: CodeNode[] };

type Loaded = () => Promise<{ default: LanguageFn }>;

const grammars: Record<string, Loaded> = {
  bash: () => import('highlight.js/lib/languages/bash'),
  c: () => import('highlight.js/lib/languages/c'),
  cpp: () => import('highlight.js/lib/languages/cpp'),
  csharp: () => import('highlight.js/lib/languages/csharp'),
  css: () => import('highlight.js/lib/languages/css'),
  diff: () => import('highlight.js/lib/languages/diff'),
  dockerfile: () => import('highlight.js/lib/languages/dockerfile'),
  go: () => import('highlight.js/lib/languages/go'),
  graphql: () => import('highlight.js/lib/languages/graphql'),
  http: () => import('highlight.js/lib/languages/http'),
  ini: () => import('highlight.js/lib/languages/ini'),
  java: () => import('highlight.js/lib/languages/java'),
  javascript: () => import('highlight.js/lib/languages/javascript'),
  json: () => import('highlight.js/lib/languages/json'),
  kotlin: () => import('highlight.js/lib/languages/kotlin'),
  latex: () => import('highlight.js/lib/languages/latex'),
  lua: () => import('highlight.js/lib/languages/lua'),
  makefile: () => import('highlight.js/lib/languages/makefile'),
  markdown: () => import('highlight.js/lib/languages/markdown'),
  nginx: () => import('highlight.js/lib/languages/nginx'),
  php: () => import('highlight.js/lib/languages/php'),
  powershell: () => import('highlight.js/lib/languages/powershell'),
  python: () => import('highlight.js/lib/languages/python'),
  r: () => import('highlight.js/lib/languages/r'),
  ruby: () => import('highlight.js/lib/languages/ruby'),
  rust: () => import('highlight.js/lib/languages/rust'),
  scala: () => import('highlight.js/lib/languages/scala'),
  sql: () => import('highlight.js/lib/languages/sql'),
  swift: () => import('highlight.js/lib/languages/swift'),
  typescript: () => import('highlight.js/lib/languages/typescript'),
  xml: () => import('highlight.js/lib/languages/xml'),
  yaml: () => import('highlight.js/lib/languages/yaml'),
};

/** Other names, and languages that read like another. */
const sameAs: Record<string, string> = {
  'c++': 'cpp',
  'c#': 'csharp',
  cs: 'csharp',
  docker: 'dockerfile',
  golang: 'go',
  htm: 'xml',
  html: 'xml',
  js: 'javascript',
  json5: 'json',
  jsonc: 'json',
  jsx: 'javascript',
  kt: 'kotlin',
  make: 'makefile',
  md: 'markdown',
  mjs: 'javascript',
  move: 'rust',
  ps1: 'powershell',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  scss: 'css',
  sh: 'bash',
  shell: 'bash',
  sol: 'typescript',
  solidity: 'typescript',
  svg: 'xml',
  tex: 'latex',
  toml: 'ini',
  ts: 'typescript',
  tsx: 'typescript',
  yml: 'yaml',
  zsh: 'bash',
};

const lowlight = createLowlight();
const loading = new Map<string, Promise<string | null>>();

/** Has a language's grammar there, and says under what name; null: it is not known. */
export function loadGrammar(language: string): Promise<string | null> {
  const asked = language.toLowerCase();
  const name = sameAs[asked] ?? asked;
  const known = loading.get(name);
  if (known !== undefined) return known;
  const load = Object.hasOwn(grammars, name) ? grammars[name] : undefined;
  const coming =
    load === undefined
      ? Promise.resolve(null)
      : load().then(
          ({ default: grammar }) => {
            lowlight.register(name, grammar);
            return name;
          },
          // Without its colours code can still be read.
          () => null,
        );
  loading.set(name, coming);
  return coming;
}

/** The code in pieces, by a grammar that is there. */
export function highlightCode(name: string, code: string): CodeNode[] {
  return lowlight.highlight(name, code).children.flatMap(toNode);
}

type TreeNode = ReturnType<typeof lowlight.highlight>['children'][number];

function toNode(node: TreeNode): CodeNode[] {
  if (node.type === 'text') return [node.value];
  if (node.type !== 'element') return [];
  const names = node.properties['className'];
  return [{ className: Array.isArray(names) ? names.join(' ') : '', children: node.children.flatMap(toNode) }];
}
