import '#web/lib/zod-without-code.ts';
import '#web/styles/global.css';
import '#web/features/runs/markdown/markdown.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startTexts } from '#web/lib/i18n/load-texts.ts';
import { createPageHistory } from '#web/lib/page-history.ts';
import { createPageQueryClient, Providers } from './providers.tsx';
import { registerServiceWorker } from './register-service-worker.ts';
import { preloadPage } from './router.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element "root".');

/** For so long the first paint is waited for. */
const paintPatienceMs = 400;
const history = createPageHistory();
const queryClient = createPageQueryClient();
registerServiceWorker();
if (!CSS.supports('field-sizing', 'content'))
  void import('#web/lib/grow-text-areas.ts').then(
    ({ growTextAreas }) => growTextAreas(),
    () => undefined,
  );
// What stands in the document until then is painted first, and drawn over once, not twice. A failure is shown where the page is drawn.
void Promise.allSettled([firstPaint(root), startTexts(), preloadPage(window.location.pathname, queryClient)]).then(() =>
  createRoot(root).render(
    <StrictMode>
      <Providers history={history} queryClient={queryClient} />
    </StrictMode>,
  ),
);

/** Where the hub has drawn a first view, it is on the screen before it is replaced: drawn over in between, it would have been for nothing. */
function firstPaint(root: HTMLElement): Promise<void> {
  if (root.querySelector(':scope > [inert]') === null || document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    setTimeout(resolve, paintPatienceMs);
    const observer = new PerformanceObserver((list) => {
      if (list.getEntriesByName('first-contentful-paint').length > 0) resolve();
    });
    observer.observe({ type: 'paint', buffered: true });
  });
}
