import type { PersonalDataType } from '#server/contract/guard.ts';
import { createTailFinder, findMatches, type Detector, type FoundText } from './found-text.ts';
import {
  isBrazilianNumber,
  isCardNumber,
  isChineseResidentNumber,
  isFrenchNumber,
  isSpanishNumber,
  readIban,
} from './check-digits.ts';

const email = /(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9])/g;
const phones = [
  /(?<![\w.+])\+\d{1,3}(?:[ .()-]{0,2}\d){6,13}(?!\d)/g,
  /(?<![\w.+-])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\w-]|\.\d)/g,
  /(?<![\w.+-])0\d{2,3}-\d{7,8}(?![\w-]|\.\d)/g,
  /(?<![\w.+-])(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?![\w-]|\.\d)/g,
];
const card = /(?<![\w.])\d(?:[ -]?\d){12,18}(?!\w|[ -]?\d|\.\d)/g;
const ibanStart = /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?=[ A-Za-z0-9])/g;
const chineseNumber = /(?<![\w.])[1-9]\d{16}[\dXx](?!\w|\.\d)/g;
const socialSecurityNumber = /(?<![\w-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])/g;

const spanishNumber = /(?<![\w.])(?:\d|[XYZxyz]-?)\d{7}-?[A-Za-z](?![\w-])/g;
const brazilianNumber = /(?<![\w.])\d{3}\.\d{3}\.\d{3}-\d{2}(?!\w)/g;
const frenchNumber = /(?<![\w.])[12](?: ?\d{2}){2} ?(?:\d{2}|2[ABab])(?: ?\d{3}){2} ?\d{2}(?!\w)/g;

const findToken = createTailFinder(/[A-Za-z0-9._%+@-]/, 1_024);
const findNumber = createTailFinder(/[A-Za-z0-9 .()+-]/, 64);

const finders: Record<PersonalDataType, (text: string) => FoundText[]> = {
  email: (text) => findMatches(text, email, 'email'),
  phone: (text) => phones.flatMap((pattern) => findMatches(text, pattern, 'phone')),
  card: (text) => findMatches(text, card, 'card', isCardNumber),
  iban: findIbans,
  'national-id': (text) => [
    ...findMatches(text, chineseNumber, 'national-id', isChineseResidentNumber),
    ...findMatches(text, socialSecurityNumber, 'national-id'),
    ...findMatches(text, spanishNumber, 'national-id', isSpanishNumber),
    ...findMatches(text, brazilianNumber, 'national-id', isBrazilianNumber),
    ...findMatches(text, frenchNumber, 'national-id', isFrenchNumber),
  ],
};

/** Finds data by which people can be told: those with check digits only where they fit. */
export function createPersonalDataDetector(types: readonly PersonalDataType[]): Detector {
  return {
    find: (text) => types.flatMap((type) => finders[type](text)),
    findOpen: (text) => Math.min(findToken(text), findNumber(text)),
  };
}

function findIbans(text: string): FoundText[] {
  const found: FoundText[] = [];
  for (const { index } of text.matchAll(ibanStart)) {
    const end = readIban(text, index);
    if (end !== null) found.push({ start: index, end, what: 'iban' });
  }
  return found;
}
