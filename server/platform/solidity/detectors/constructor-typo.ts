import type { Detector } from '#server/platform/solidity/detector.ts';
import { writesAuthority } from '#server/platform/solidity/initializer.ts';
import { isBefore, listEntries } from '#server/platform/solidity/source-model.ts';

export const constructorTypo: Detector = {
  id: 'constructor-typo',
  weaknesses: ['SWC-118', 'SCWE-070'],
  severity: 'critical',
  confidence: 'high',
  title: { en: 'A constructor that is none', zh: '并非构造函数的“构造函数”' },
  why: {
    en: 'The function looks like the constructor, but anybody can call it at any time and set what it sets.',
    zh: '该函数形似构造函数，但任何人都能随时调用并设置其中的内容。',
  },
  advice: { en: 'Write it as constructor(…).', zh: '改写为 constructor(…)。' },
  find: (audited) =>
    listEntries(audited)
      .filter(
        ({ name, contract, file, node, ...one }) =>
          /^constructor$/i.test(name) ||
          /^constr?uct?or?$/i.test(name) ||
          (name.toLowerCase() === contract.name.toLowerCase() &&
            // From 0.5 on nobody names a constructor so; what only sounds alike may be meant, as multicall of Multicall.
            (isBefore(file, 500) ? name !== contract.name : writesAuthority({ name, contract, file, node, ...one }))) ||
          (isBefore(file, 500) && node.body !== null && isNearly(name, contract.name)),
      )
      .map((one) => ({ node: one.node, in: one })),
};

/** One letter too many, too few, or another. */
function isNearly(name: string, wanted: string): boolean {
  const [one, other] = [name.toLowerCase(), wanted.toLowerCase()];
  if (one === other || other.length < 5 || Math.abs(one.length - other.length) > 1) return false;
  let head = 0;
  while (head < one.length && one[head] === other[head]) head += 1;
  return (
    one.slice(head + 1) === other.slice(head + 1) ||
    one.slice(head + 1) === other.slice(head) ||
    one.slice(head) === other.slice(head + 1)
  );
}
