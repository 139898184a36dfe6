import { findAll, type Found } from './found.ts';

/** Where the contracts of a freshly seeded devnet stand, by what people call them; always the same. */
export const devnetContracts: Record<string, string> = {
  'weak vault': '0xB7f8BC63BbcaD18155201308C8f3540b07f84F5e',
  weakvault: '0xB7f8BC63BbcaD18155201308C8f3540b07f84F5e',
  'devnet tiles': '0x610178dA211FEF7D417bC0e6FeD39F05609AD788',
  'exchange factory': '0xCf7Ed3AccA5a467e9e704C703E8D87F634fB0Fc9',
  'exchange router': '0xDc64a140Aa3E981100a9becA4E685f962f0cF6C9',
  'name registry': '0xa513E6E4b8f2a923D98304ec87F64353C4D5C853',
  'name resolver': '0x2279B7A0a67DB372996a5FaB50D91eAA73d2eBe6',
  'reverse registrar': '0x8A791620dd6260079BF849Dc5567aDC3F2FdC318',
  'garden pair': '0xd8058efe0198ae9dD7D563e1b4938Dcbc86A1F81',
  'lantern pair': '0x6D544390Eb535d61e196c87d6B9c80dCD8628Acd',
};
/** Those that nothing else is called. */
const unmistaken = new Set(['weak vault', 'weakvault', 'devnet tiles']);
const addresses = new Set(Object.values(devnetContracts));
const names = new RegExp(`(?<![\\p{L}\\d])(?:${Object.keys(devnetContracts).join('|')})(?![\\p{L}\\d])`, 'giu');
const tokens: Record<string, string> = { garden: 'GRDN', lantern: 'LNTN' };
const onDevnet = /\bdev\s?net\b|开发[网链]/i;

/** Contracts of the devnet by their names, where that chain is named or nothing else can be meant. */
export const recogniseDevnetContracts = (words: string): Found[] =>
  findAll(words, names, 'address', ([name]) => {
    const known = name.toLowerCase();
    return unmistaken.has(known) || onDevnet.test(words) ? (devnetContracts[known] ?? null) : null;
  });

/** Tokens of the devnet by the names that they have there. */
export const recogniseDevnetTokens = (words: string): Found[] =>
  onDevnet.test(words)
    ? findAll(
        words,
        /(?<![\p{L}\d])(?:garden|lantern)(?! (?:pair|token))(?![A-Za-z\d])/giu,
        'token',
        ([name]) => tokens[name.toLowerCase()] ?? null,
      )
    : [];

/** Whether an address was named and not written. */
export const isNamedOnDevnet = ({ kind, text, value }: Found): boolean =>
  kind === 'address' && !text.startsWith('0x') && typeof value === 'string' && addresses.has(value);
