import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { toLanguageTag } from '#server/read-language.ts';

const Listed = z.object({
  pattern: z.string().transform((source) => new RegExp(source)),
  asks: z.array(z.string()),
  document: z.string(),
});

export type PageDocument = {
  /** The file to send, from the folder of the page. */
  file: string;
  /** What the page will ask the hub for first. */
  asks: string[];
};

const parameter = /:(\w+)/g;
const plain = /^[\w-]+$/;

/** The address with its parameters filled in; null where one is missing, or would have to be escaped. */
function fill(address: string, parameters: Record<string, string | undefined>): string | null {
  const names = [...address.matchAll(parameter)].map(([, name = '']) => name);
  if (names.some((name) => !plain.test(parameters[name] ?? ''))) return null;
  return address.replaceAll(parameter, (_, name: string) => parameters[name] ?? '');
}

/** Finds the document that the build wrote for an address (`web/build/write-documents.ts`). */
export function readPageDocuments(folder: string) {
  const path = join(folder, 'documents/list.json');
  const listed = existsSync(path) ? z.array(Listed).parse(JSON.parse(readFileSync(path, 'utf8'))) : [];
  /** In the language that the page will choose by the browser's, where nobody chose another on the device. */
  return (address: string, language: 'en' | 'zh'): PageDocument => {
    for (const { pattern, asks, document } of listed) {
      const match = pattern.exec(address);
      if (match !== null)
        return {
          file: `documents/${document}.${toLanguageTag(language)}.html`,
          asks: asks.flatMap((asked) => fill(asked, match.groups ?? {}) ?? []),
        };
    }
    return { file: 'index.html', asks: [] };
  };
}
