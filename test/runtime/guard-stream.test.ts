import { describe, expect, test } from 'vitest';
import type { Guard } from '#server/contract/guard.ts';
import { Guards } from '#server/contract/guard.ts';
import { activateGuards, checkLongText, checkText } from '#server/runtime/guards/check-text.ts';
import { createStreamGuard } from '#server/runtime/guards/guard-stream.ts';
import { hexKey, innocentTexts, personalSamples, secretSamples } from '#test/support/guarded-samples.ts';

const guards = Guards.parse([
  { kind: 'personal-data' },
  { kind: 'secrets' },
  { kind: 'blocked-topics', words: ['Project Zenith', '内部代号'], action: 'mask' },
]);
const active = activateGuards(guards, 'output');

test('runs of one version share what its guards look for', () => {
  const again = activateGuards(guards, 'output');
  expect(again).toHaveLength(guards.length);
  for (const [place, { detector }] of again.entries()) expect(detector).toBe(active[place]?.detector);
});

/** What people see, piece by piece. */
function stream(pieces: string[], list = active): string[] {
  const guard = createStreamGuard(list, 'en');
  const shown = pieces.map((piece) => guard.push(piece).text);
  return [...shown, guard.end().text];
}
const samples: [string, string][] = [
  ...personalSamples,
  ...secretSamples,
  ['private-key', `private key: ${hexKey}`],
  ['private-key', `${hexKey} is my private key`],
  ['topic', 'ｐｒｏｊｅｃｔ   zén\u200bith'],
  ['topic', '内部\u200b代号'],
];

describe('a streamed text', () => {
  test.each(samples)('shows nothing of %s, wherever it is cut: %s', (what, sample) => {
    const whole = `Of course. Here it is: ${sample}, and that is all there is to say.`;
    const expected = checkText(active, whole, 'en');
    expect(expected.findings.flatMap((finding) => finding.what)).toContain(what);
    expect(expected.text).toMatch(/removed\]/);
    const cuts = Array.from({ length: whole.length - 1 }, (_, place) => place + 1);
    // All places of short ones; of long ones some, and each single character anyway.
    for (const cut of cuts.filter((place) => whole.length < 150 || place % 7 === 0)) {
      expect(stream([whole.slice(0, cut), whole.slice(cut)]).join('')).toBe(expected.text);
    }
    const shown = stream([...whole]);
    expect(shown.join('')).toBe(expected.text);
    expect(shown[Math.floor(whole.length) - 1]).toBeDefined();
  });

  test.each(innocentTexts)('is left alone: %s', (text) => {
    expect(checkText(active, text, 'en')).toMatchObject({ findings: [], text });
    expect(stream([...text]).join('')).toBe(text);
  });

  test('is not held back for long', () => {
    const prose = 'The quick brown fox jumps over the lazy dog, and then it sleeps. '.repeat(20);
    let sent = 0;
    let shown = 0;
    let most = 0;
    const guard = createStreamGuard(active, 'en');
    for (const character of prose) {
      sent += 1;
      shown += guard.push(character).text.length;
      most = Math.max(most, sent - shown);
    }
    expect(most).toBeLessThan(90);
  });

  test('ends where its length does, and before what is refused', () => {
    const short = activateGuards(Guards.parse([{ kind: 'maximum-length', when: 'output', characters: 5 }]), 'output');
    const guard = createStreamGuard(short, 'en');
    expect(guard.push('ab😀')).toMatchObject({ text: 'ab😀', isRefused: false });
    expect(guard.push('defg')).toMatchObject({ text: 'de', isRefused: true });

    const refusing = activateGuards(
      Guards.parse([{ kind: 'personal-data', action: 'refuse' } satisfies Partial<Guard>]),
      'output',
    );
    const other = createStreamGuard(refusing, 'en');
    const releases = [...'Write to ada@example.org today, please, or tomorrow at the latest, as you like it best.'].map(
      other.push,
    );
    expect(releases.find(({ isRefused }) => isRefused)).toBeDefined();
    expect(
      releases
        .slice(0, releases.findIndex(({ isRefused }) => isRefused) + 1)
        .map(({ text }) => text)
        .join(''),
    ).toBe('Write to ');
  });
});

test('a text of nothing else is masked whole, at once and streamed', async () => {
  const list = activateGuards(Guards.parse([{ kind: 'blocked-topics', words: ['赌博'], action: 'mask' }]), 'input');
  const text = '赌博'.repeat(200_000);
  expect((await checkLongText(list, text, 'zh')).findings).toMatchObject([{ count: 200_000 }]);
  expect(stream([text], list).join('')).not.toContain('赌');
});

describe('hostile texts take linear time', () => {
  const length = 200_000;
  const all = activateGuards(
    Guards.parse([
      ...guards.map((guard) => ({ ...guard, when: 'input' })),
      { kind: 'jailbreak' },
      { kind: 'maximum-length', characters: 1_000_000 },
    ]),
    'input',
  );
  test.each([
    'a',
    'a.',
    'a@',
    'a@a.',
    '1',
    '1 ',
    '1-',
    '+1 ',
    'eyJaaaaaaaa.',
    'eyJ',
    '-----BEGIN ',
    '-----BEGIN PRIVATE KEY-----',
    'sk-',
    'AA11 ',
    'GB82',
    'ignore ',
    'ignore all ',
    'act as ',
    'reveal your ',
    '忽略',
    '忽略之前的',
    'abandon ',
    '的 ',
    ' ',
    '\u200b',
    'é',
    '0xaaaaaaaa',
    'SG.aaaaaaaaaaaaaaaa.',
    '[',
    'p r o j e c t ',
    'project ',
    '😀',
  ])('%j', (piece) => {
    const text = piece.repeat(Math.ceil(length / piece.length));
    const startedAt = performance.now();
    checkText(all, text, 'en');
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});
