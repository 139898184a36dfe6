/** Lengths of IBANs by country (SWIFT's registry). */
const ibanLengths: Record<string, number> = {
  AD: 24,
  AE: 23,
  AL: 28,
  AT: 20,
  AZ: 28,
  BA: 20,
  BE: 16,
  BG: 22,
  BH: 22,
  BR: 29,
  BY: 28,
  CH: 21,
  CR: 22,
  CY: 28,
  CZ: 24,
  DE: 22,
  DK: 18,
  DO: 28,
  EE: 20,
  EG: 29,
  ES: 24,
  FI: 18,
  FO: 18,
  FR: 27,
  GB: 22,
  GE: 22,
  GI: 23,
  GL: 18,
  GR: 27,
  GT: 28,
  HR: 21,
  HU: 28,
  IE: 22,
  IL: 23,
  IQ: 23,
  IS: 26,
  IT: 27,
  JO: 30,
  KW: 30,
  KZ: 20,
  LB: 28,
  LC: 32,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  LY: 25,
  MC: 27,
  MD: 24,
  ME: 22,
  MK: 19,
  MR: 27,
  MT: 31,
  MU: 30,
  NL: 18,
  NO: 15,
  PK: 24,
  PL: 28,
  PS: 29,
  PT: 25,
  QA: 29,
  RO: 24,
  RS: 22,
  SA: 24,
  SC: 31,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  ST: 25,
  SV: 28,
  TL: 23,
  TN: 24,
  TR: 26,
  UA: 29,
  VA: 22,
  VG: 24,
  XK: 20,
};
const cardShapes: readonly [prefix: RegExp, lengths: readonly number[]][] = [
  [/^4/, [13, 16, 19]],
  [/^5[1-5]/, [16]],
  [/^2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)/, [16]],
  [/^3[47]/, [15]],
  [/^3(?:0[0-5]|[689])/, [14, 15, 16]],
  [/^35/, [16, 17, 18, 19]],
  [/^6(?:011|4[4-9]|5)/, [16, 17, 18, 19]],
  [/^62/, [16, 17, 18, 19]],
];
const chineseWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const chineseChecks = '10X98765432';

/** A payment card's number: a known beginning, its length, and the check digit of ISO/IEC 7812. */
export function isCardNumber(written: string): boolean {
  const digits = written.replace(/[ -]/g, '');
  const fits = cardShapes.some(([prefix, lengths]) => prefix.test(digits) && lengths.includes(digits.length));
  if (!fits || /^(\d)\1*$/.test(digits)) return false;
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - place));
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Where the IBAN ends that begins at a place, or null: its country's length, and the check digits of ISO 13616. */
export function readIban(text: string, start: number): number | null {
  const length = ibanLengths[text.slice(start, start + 2).toUpperCase()];
  if (length === undefined) return null;
  let number = '';
  let at = start;
  while (number.length < length) {
    if (text.charAt(at) === ' ' && number.length >= 4) at += 1;
    const character = text.charAt(at);
    if (!/^[A-Za-z0-9]$/.test(character)) return null;
    number += character.toUpperCase();
    at += 1;
  }
  if (/^[A-Za-z0-9]$/.test(text.charAt(at))) return null;
  let rest = 0;
  for (const character of number.slice(4) + number.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1 ? at : null;
}

/** A Chinese resident identity number (GB 11643): a date that was, and its check character. */
export function isChineseResidentNumber(written: string): boolean {
  const [year, month, day] = [written.slice(6, 10), written.slice(10, 12), written.slice(12, 14)].map(Number);
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day ?? 0));
  if (
    (year ?? 0) < 1850 ||
    date.getUTCMonth() + 1 !== month ||
    date.getUTCDate() !== day ||
    date.getTime() > Date.now()
  )
    return false;
  const sum = chineseWeights.reduce((total, weight, place) => total + weight * Number(written.charAt(place)), 0);
  return chineseChecks.charAt(sum % 11) === written.charAt(17).toUpperCase();
}

/** A Spanish DNI or NIE: its letter is the number modulo 23. */
export function isSpanishNumber(written: string): boolean {
  const plain = written.replaceAll('-', '').toUpperCase();
  const number = Number(plain.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter))));
  return 'TRWAGMYFPDXBNJZSQVHLCKE'.charAt(number % 23) === plain.at(-1);
}

/** A Brazilian CPF: each of its last two digits checks all before it, modulo 11. */
export function isBrazilianNumber(written: string): boolean {
  const digits = [...written.replace(/\D/g, '')].map(Number);
  const check = (length: number) =>
    ((digits.slice(0, length).reduce((sum, digit, place) => sum + digit * (length + 1 - place), 0) * 10) % 11) % 10;
  return new Set(digits).size > 1 && check(9) === digits[9] && check(10) === digits[10];
}

/** A French social security number (NIR): its key is 97 less the number modulo 97; Corsica's departments have letters. */
export function isFrenchNumber(written: string): boolean {
  const plain = written.replaceAll(' ', '').toUpperCase().replace('2A', '19').replace('2B', '18');
  return 97 - Number(BigInt(plain.slice(0, 13)) % 97n) === Number(plain.slice(13));
}
