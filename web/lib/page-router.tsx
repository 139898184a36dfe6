import {
  createContext,
  type ReactNode,
  startTransition,
  use,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { NavigationType, Router } from 'react-router';
import type { PageHistory } from './page-history.ts';

const PageHistoryContext = createContext<PageHistory | null>(null);

/** The router over the page's history; a page that is gone to starts at its top, one that is gone back to where it was. */
export function PageRouter({ history, children }: { history: PageHistory; children: ReactNode }) {
  const [{ location, action }, setPlace] = useState(history.place);
  // The old page stays in view until the code of the next one has come.
  useLayoutEffect(() => history.subscribe(() => startTransition(() => setPlace(history.place()))), [history]);
  const { pathname } = location;
  const shown = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (action === NavigationType.Push) window.scrollTo(0, 0);
    // What was pressed went with its page: the next Tab begins in the new one, not before everything.
    const hasMoved = shown.current !== null && shown.current !== pathname;
    shown.current = pathname;
    if (hasMoved && document.activeElement === document.body) {
      document.getElementById('content')?.focus({ preventScroll: true });
    }
  }, [action, pathname]);
  return (
    <PageHistoryContext value={history}>
      <Router location={location} navigationType={action} navigator={history.navigator}>
        {children}
      </Router>
    </PageHistoryContext>
  );
}

/**
 * Holds a person on this page while `holds` says so.
 *
 * `goOn` is the way on while someone is held, else null; `stay` lets it go.
 */
export function useLeaveGuard(holds: () => boolean): { goOn: (() => void) | null; stay: () => void } {
  const history = use(PageHistoryContext);
  const [goOn, setGoOn] = useState<(() => void) | null>(null);
  const asked = useRef(holds);
  useEffect(() => {
    asked.current = holds;
  });
  useEffect(() => {
    const here = history?.place().location.pathname;
    return history?.hold({
      holds: ({ pathname }) => pathname !== here && asked.current(),
      onHeld: (next) => setGoOn(() => next),
    });
  }, [history]);
  return { goOn, stay: useCallback(() => setGoOn(null), []) };
}
