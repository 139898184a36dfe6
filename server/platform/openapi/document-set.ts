import { DescriptionProblem } from './description-problem.ts';
import { isNode, memberOf, textOf } from './json-node.ts';
import { parseText } from './parse-document.ts';

/** A document as it was fetched: `address` is what a reference asked for, `url` where it was found. */
export type SourceText = { address: string | null; url: string | null; text: string };

type Document = { url: string | null; root: unknown };

/** A value, and the document whose address its own references start from. */
export type Place = { value: unknown; home: Document };

/** A reference that leads nowhere, in words for people. */
export class BrokenReference extends DescriptionProblem {}

export type DocumentSet = ReturnType<typeof openDocuments>;

const longestChain = 50;
const longestReference = 2_000;

/**
 * Opens a description and the documents that were fetched for it, and follows references from one to another.
 *
 * A reference to a document that is not there answers an empty object, and is remembered in `missing`.
 */
export function openDocuments(sources: SourceText[]) {
  const byAddress = new Map<string, Document>();
  const documents = sources.map(({ address, url, text }): Document => {
    const document = { url, root: parseText(text, address) };
    for (const known of [address, url]) if (known !== null) byAddress.set(withoutFragment(known), document);
    return document;
  });
  const [first = { url: null, root: {} }] = documents;
  const missing = new Set<string>();

  function follow(reference: string, from: Document): Place {
    const mark = reference.indexOf('#');
    const file = mark === -1 ? reference : reference.slice(0, mark);
    const pointer = mark === -1 ? '' : reference.slice(mark + 1);
    const home = file === '' ? from : findDocument(file, from);
    if (home === null) return { value: {}, home: from };
    return { value: walk(home.root, pointer, reference), home };
  }

  function findDocument(file: string, from: Document): Document | null {
    const base = from.url ?? undefined;
    if (!URL.canParse(file, base)) {
      throw new BrokenReference({
        en: `"${file}" is relative to the address of the description, which is not known. Import it by its address.`,
        zh: `“${file}”是相对于接口描述地址的引用，而该地址未知。请通过其地址导入。`,
      });
    }
    const address = withoutFragment(new URL(file, base).href);
    const document = byAddress.get(address);
    if (document === undefined) missing.add(address);
    return document ?? null;
  }

  return {
    root: { value: first.root, home: first } satisfies Place,
    /** Addresses of documents that were asked for and are not there. */
    missing,

    /**
     * The value itself, or the one that its `$ref` leads to after any number of others.
     *
     * @throws {BrokenReference}
     */
    resolve(place: Place): Place {
      let current = place;
      for (let steps = 0; steps < longestChain; steps += 1) {
        const reference = textOf(current.value, '$ref');
        if (reference === undefined) return current;
        if (reference.length > longestReference) {
          throw new BrokenReference({ en: 'A reference is too long.', zh: '有一处引用过长。' });
        }
        current = follow(reference, current.home);
      }
      const shown = textOf(place.value, '$ref');
      throw new BrokenReference({ en: `"${shown}" leads in a circle.`, zh: `引用“${shown}”形成了循环。` });
    },
  };
}

function withoutFragment(address: string): string {
  return address.replace(/#.*$/s, '');
}

function walk(root: unknown, pointer: string, reference: string): unknown {
  if (pointer === '') return root;
  if (!pointer.startsWith('/')) throw leadsNowhere(reference);
  let value = root;
  for (const part of pointer.slice(1).split('/')) {
    const key = decode(part).replaceAll('~1', '/').replaceAll('~0', '~');
    value = Array.isArray(value) && /^\d+$/.test(key) ? (value as unknown[])[Number(key)] : memberOf(value, key);
    if (value === undefined) throw leadsNowhere(reference);
  }
  return value;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const leadsNowhere = (reference: string) =>
  new BrokenReference({
    en: `"${reference}" leads to nothing in the description.`,
    zh: `引用“${reference}”在接口描述中没有对应的内容。`,
  });

/** A member of a place, with the same home. */
export function placeOf(place: Place, key: string): Place {
  return { value: memberOf(place.value, key), home: place.home };
}

/** The name at the end of a reference: `Pet` of `#/components/schemas/Pet`. */
export function nameOf(value: unknown): string | null {
  const reference = isNode(value) ? textOf(value, '$ref') : undefined;
  return reference === undefined ? null : decode(reference.split(/[/#]/).at(-1) ?? '').slice(0, 100);
}
