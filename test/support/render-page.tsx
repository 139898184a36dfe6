import { readdirSync, readFileSync } from 'node:fs';
import { QueryClientProvider } from '@tanstack/react-query';
import { act, configure, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { Route, Routes } from 'react-router';
import type { Language } from '#web/lib/i18n/language.ts';
import { textRooms, toTextFile } from '#web/lib/i18n/text-rooms.ts';
import { addTexts, type Texts } from '#web/lib/i18n/texts.ts';
import { createPageHistory } from '#web/lib/page-history.ts';
import { PageRouter } from '#web/lib/page-router.tsx';
import { createQueryClient } from '#web/lib/query-client.ts';

const rooms = new Set([...Object.keys(textRooms), ...readdirSync('web/features')]);

/** Has all English texts there. A busy machine is given time to draw. */
export function startTexts(): void {
  configure({ asyncUtilTimeout: 20_000 });
  addTextsIn('en');
}

/** Has all texts of a language there. */
export function addTextsIn(language: Language): void {
  for (const name of rooms) {
    addTexts(language, name, JSON.parse(readFileSync(`web/${toTextFile(name, language)}`, 'utf8')) as Texts);
  }
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
