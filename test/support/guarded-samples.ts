/** Put together from parts, so that nobody's scanner takes them for real ones. */
const join = (...parts: string[]) => parts.join('');

export const seedPhrase = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
export const hexKey = `0x${'4c0883a69102937d6231471b5dbb6204'}${'fe5129617082792ae468d01a3f362318'}`;

/** Something that a guard finds in a sentence, and by what name. */
export const personalSamples: [what: string, text: string][] = [
  ['email', 'ada.lovelace+news@mail.example.co.uk'],
  ['phone', '+44 20 7946 0958'],
  ['phone', '138 1234 5678'],
  ['phone', '010-12345678'],
  ['phone', '(415) 555-0132'],
  ['card', '4111 1111 1111 1111'],
  ['card', '378282246310005'],
  ['iban', 'DE89 3704 0044 0532 0130 00'],
  ['iban', 'GB82WEST12345698765432'],
  ['national-id', '11010519491231002X'],
  ['national-id', '536-90-4399'],
  ['national-id', '12345678Z'],
  ['national-id', 'X1234567L'],
  ['national-id', '529.982.247-25'],
  ['national-id', '2 55 08 14 168 025 38'],
];

export const secretSamples: [what: string, text: string][] = [
  ['api-key', join('sk-', 'proj-', 'a1B2'.repeat(10))],
  ['api-key', join('gh', 'p_', 'aB3d'.repeat(9))],
  ['api-key', join('AK', 'IA', 'IOSFODNN7EXAMPLE')],
  ['api-key', join('AI', 'za', 'SyA1'.repeat(8), 'abc')],
  ['api-key', join('xo', 'xb-', '1234567890-abcdefghij')],
  ['api-key', join('sk_', 'live_', 'aB3d'.repeat(6))],
  ['api-key', join('at', 'r_', 'aB3d'.repeat(11))],
  ['token', join('ey', 'JhbGciOiJIUzI1NiJ9.', 'ey', 'JzdWIiOiIxMjM0NTY3ODkwIn0.', 'dozjgNryP4J3jVmNHl0w5N')],
  [
    'private-key',
    join(
      '-----BEGIN RSA PRIV',
      'ATE KEY-----\n',
      `${'MIIEpAIBAAKCAQEA'.repeat(4)}\n`.repeat(6),
      '-----END RSA PRIV',
      'ATE KEY-----',
    ),
  ],
  [
    'private-key',
    join(
      'xp',
      'rv',
      '9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi',
    ),
  ],
  ['seed-phrase', seedPhrase],
  [
    'seed-phrase',
    seedPhrase
      .split(' ')
      .map((word, place) => `${place + 1}. ${word}`)
      .join('\n'),
  ],
];

/** What looks like one of them and is none. */
export const innocentTexts = [
  'Card 4111 1111 1111 1112 fails its check digit, and so does 1234 5678 9012 3456.',
  'Transaction 0x88df016429689c079f3b2f6ad39fa052532c56795b733da78a91ebe6a713944b in block 21000000',
  `The tx hash ${hexKey} of the secret sale`,
  'DE89 3704 0044 0532 0130 01 is no account, and XX12 3456 7890 1234 neither.',
  '110105194912310021 and 110105194913310025 are numbers of nobody.',
  'Wei: 1000000000000000000, gas 21000, at 2026-11-26T10:00:00Z, version 1.2.3.4, order 000-12-3456',
  'about able above absent absorb abstract absurd abuse access accident account accuse',
  'See @ada on the forum, a @ b, and user@localhost.',
  'risk-adjusted-returns-of-the-portfolio-2026 and task-aaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  'Address 0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045 holds 12345678901234567 wei',
];
