import { expect, test } from 'vitest';
import { paths } from '#web/app/paths.ts';
import { toNextPath } from '#web/app/next-path.ts';

test.each(['/settings/keys', '/chat/counting-desk?version=2'])('after sign-in the page goes on to %s', (next) => {
  expect(toNextPath(next)).toBe(next);
});

test.each([
  null,
  '',
  'https://elsewhere.example/',
  '//elsewhere.example',
  '/.//elsewhere.example',
  '/..//elsewhere.example',
  '/\\elsewhere.example',
  'javascript:alert(1)',
])('after sign-in the page does not leave for %s', (next) => {
  expect(toNextPath(next)).toBe(paths.home());
});
