const wholeHex = /0x[\da-f]{40}(?:[\da-f]{24})?(?![\da-f])/gi;
const shortHex = /0x([\da-f]{2,38})(?:…|\.{2,3}|\*{2,4})([\da-f]{2,38})(?![\da-f])/gi;
const cutHex = /0x[\da-f]{6,63}(?![\da-f]|…|\.{2,3}|\*{2})/gi;
const ensName = /(?<![\w.@/-])(?:[a-z\d][\w-]*\.)+(?:eth|test)\b(?!\.\w)/gi;

/** Addresses and hashes of an answer, whole or shortened, and ENS names, that are in no evidence. */
export function findUnsourcedNames(answer: string, evidence: readonly string[]): string[] {
  const text = answer.replaceAll(/\bhttps?:\S+/g, ' ');
  const [whole, short, cut, names] = [wholeHex, shortHex, cutHex, ensName].map((pattern) => [
    ...text.matchAll(pattern),
  ]);
  if ([whole, short, cut, names].every((found) => found?.length === 0)) return [];
  const known = new Set(evidence.flatMap((one) => one.match(/0x[\da-f]+/gi) ?? []).map((hex) => hex.toLowerCase()));
  const all = evidence.join('\n').toLowerCase();
  const unknown = [
    ...(whole ?? []).filter(([hex]) => !known.has(hex.toLowerCase())),
    ...(short ?? []).filter(([, start = '', end = '']) => {
      const [first, last] = [`0x${start}`.toLowerCase(), end.toLowerCase()];
      return ![...known].some((hex) => hex.startsWith(first) && hex.endsWith(last));
    }),
    // A part of an address is told from a whole one by its length alone.
    ...(cut ?? []).filter(([hex]) => ![40, 64].includes(hex.length - 2) && !all.includes(hex.toLowerCase())),
    ...(names ?? []).filter(([name]) => !all.includes(name.toLowerCase())),
  ];
  return unknown.map(([written]) => written);
}

/** Findings of an audit are named by their numbers (`F3`): one that no audit of the turn has was made up. */
export function findUnsourcedFindings(answer: string, evidence: readonly string[]): string[] {
  const known = new Set(evidence.flatMap((text) => text.match(/(?<="id":")F\d+(?=","severity":)/g) ?? []));
  return known.size === 0 ? [] : (answer.match(/\bF\d{1,4}\b/g) ?? []).filter((id) => !known.has(id));
}
