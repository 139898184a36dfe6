import type { Found } from './found.ts';

const declaration =
  /^[ \t]*(?:abstract[ \t]+)?(?:contract|library|interface)[ \t]+([A-Za-z_$][\w$]{0,80})[^\n{;]{0,300}\{?/m;
const pragma = /^[ \t]*pragma[ \t]+solidity\b/m;
const fileLine = /^[ \t]*\/\/ ?file: ?\S+\.sol[ \t]*$/im;
/** Before a block: "src/Bank.sol:". */
const nameBefore = /([\w./-]{1,100}\.sol)[*_:：\s]*$/;

/** Whether a found block is Solidity, by what it is called or how it begins. */
export const isSolidity = ({ kind, text, language = '', name = '' }: Found): boolean => {
  if (/^sol(?:idity)?$/i.test(language) || /\.sol$/i.test(name)) return true;
  const isOther = kind === 'code' ? language !== '' : name !== '';
  return !isOther && (kind === 'code' || kind === 'document') && (pragma.test(text) || declaration.test(text));
};

function toPath({ text, name, before = '' }: Found, place: number): string {
  return (
    name?.replaceAll(/\s+/g, '-') ??
    nameBefore.exec(before)?.[1] ??
    `${declaration.exec(text)?.[1] ?? `source-${place + 1}`}.sol`
  );
}

/** Several Solidity sources of a message as one, each under its file's name; null where there are not several. */
export function joinSolidity(found: readonly Found[]): { source: string; joined: Found[] } | null {
  const joined = found.filter(isSolidity);
  if (joined.length < 2) return null;
  const taken = new Set<string>();
  const parts = joined.map((one, place) => {
    if (fileLine.test(one.text)) return one.text;
    const path = toPath(one, place);
    const own = taken.has(path) ? path.replace(/\.sol$/i, `-${place + 1}.sol`) : path;
    taken.add(own);
    return `// File: ${own}\n${one.text}`;
  });
  return { source: parts.map((part) => `${part.trimEnd()}\n`).join('\n'), joined };
}
