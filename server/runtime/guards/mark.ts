export type Language = 'en' | 'zh';

const marks: Record<string, Record<Language, string>> = {
  email: { en: '[email removed]', zh: '[邮箱已隐去]' },
  phone: { en: '[phone number removed]', zh: '[电话已隐去]' },
  card: { en: '[card number removed]', zh: '[卡号已隐去]' },
  iban: { en: '[account number removed]', zh: '[账号已隐去]' },
  'national-id': { en: '[identity number removed]', zh: '[证件号已隐去]' },
  'api-key': { en: '[API key removed]', zh: '[API 密钥已隐去]' },
  'private-key': { en: '[private key removed]', zh: '[私钥已隐去]' },
  'seed-phrase': { en: '[seed phrase removed]', zh: '[助记词已隐去]' },
  token: { en: '[token removed]', zh: '[令牌已隐去]' },
};
const otherMark = { en: '[removed]', zh: '[已隐去]' };

/** What stands in the place of something that a guard took out; the model reads it too. */
export function toMark(what: string, language: Language): string {
  return (marks[what] ?? otherMark)[language];
}
