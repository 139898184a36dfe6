import { readdirSync, readFileSync } from 'node:fs';
import { QueryClientProvider } from '@tanstack/react-query';
import { act, configure, render } from '@testing-library/react';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { initReactI18next } from 'react-i18next';
import { Route, Routes } from 'react-router';
import { createPageHistory } from '#web/lib/page-history.ts';
import { PageRouter } from '#web/lib/page-router.tsx';
import { createQueryClient } from '#web/lib/query-client.ts';

const readTexts = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;

/** All English texts by namespace, as the page loads them. */
function readEnglish() {
  const features = readdirSync('web/features').map((name) => [name, readTexts(`web/features/${name}/locales/en.json`)]);
  return { ...Object.fromEntries(features), common: readTexts('web/lib/i18n/locales/en.json') } as Record<
    string,
    object
  >;
}

/** Starts the page's texts in English; resolves once they are there. A busy machine is given time to draw. */
export async function startTexts(): Promise<void> {
  configure({ asyncUtilTimeout: 10_000 });
  await i18next.use(initReactI18next).init({
    lng: 'en',
    resources: { en: readEnglish() },
    defaultNS: 'common',
    interpolation: { escapeValue: false },
  });
}

/** Draws an element as the page at `/` would, with a second page at `/elsewhere`. */
export function renderPage(element: ReactNode) {
  const history = createPageHistory();
  const view = render(
    <QueryClientProvider client={createQueryClient()}>
      <PageRouter history={history}>
        <Routes>
          <Route path="/" element={element} />
          <Route path="/elsewhere" element={<p>Elsewhere</p>} />
        </Routes>
      </PageRouter>
    </QueryClientProvider>,
  );
  return { ...view, goTo: (path: string) => act(() => history.navigator.push(path)) };
}
