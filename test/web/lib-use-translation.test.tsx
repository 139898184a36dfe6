import { act, render, screen } from '@testing-library/react';
import { Suspense, useState } from 'react';
import { expect, it } from 'vitest';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';

function Late() {
  const { t } = useTranslation('triggers', 'toolsets');
  const [word] = useState('kept');
  return (
    <p>
      {t('title')} {t('toolsets:title')} {word}
    </p>
  );
}

it('a component waits for texts that come later, and then has its own state', async () => {
  const errors: unknown[] = [];
  await act(async () => {
    render(
      <Suspense fallback={<p>Loading</p>}>
        <Late />
      </Suspense>,
      { onRecoverableError: (error) => errors.push(error) },
    );
  });
  expect(await screen.findByText('Triggers Toolsets kept')).toBeTruthy();
  expect(errors).toEqual([]);
});
