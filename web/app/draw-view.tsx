import { renderToString } from 'react-dom/server';
import { createPath, NavigationType } from 'react-router';
import type { FirstViewTask, GivenAnswers } from '#server/contract/first-view.ts';
import { giveAnswers } from '#web/lib/given-answers.ts';
import { loadTexts } from '#web/lib/i18n/load-texts.ts';
import { everywhere } from '#web/lib/i18n/text-rooms.ts';
import { putInForce } from '#web/lib/i18n/texts.ts';
import type { PageHistory } from '#web/lib/page-history.ts';
import { createPageQueryClient, Providers } from './providers.tsx';
import { preloadPage } from './router.tsx';

/** The page at an address as it is first seen, as HTML that does nothing yet. One at a time: the language is the module's. */
export async function drawView({ pathname, answers }: FirstViewTask): Promise<string> {
  // By the hub, for this version of the page.
  const given = JSON.parse(answers) as GivenAnswers;
  putInForce(given.language);
  await Promise.all(everywhere.map((feature) => loadTexts(feature)));
  giveAnswers(given);
  const queryClient = createPageQueryClient();
  try {
    await preloadPage(pathname, queryClient);
    return renderToString(<Providers history={standStill(pathname)} queryClient={queryClient} />);
  } finally {
    queryClient.clear();
    giveAnswers(null);
  }
}

/** A history in which nobody goes anywhere. */
function standStill(pathname: string): PageHistory {
  const location = { pathname, search: '', hash: '', state: null, key: 'default' };
  const stay = () => undefined;
  return {
    navigator: {
      createHref: (to) => (typeof to === 'string' ? to : createPath(to)),
      go: stay,
      push: stay,
      replace: stay,
    },
    place: () => ({ location, action: NavigationType.Pop }),
    subscribe: () => stay,
    hold: () => stay,
  };
}
