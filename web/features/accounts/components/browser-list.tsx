import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { endOtherSessions, endSession } from '#web/features/accounts/api/end-session.ts';
import { signedInBrowsersQuery } from '#web/features/accounts/api/signed-in-browsers.ts';
import { Button } from '#web/ui/button.tsx';
import { Card, CardHeader } from '#web/ui/card.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { showToast } from '#web/ui/toast-store.ts';
import { BrowserLine } from './browser-line.tsx';

/** The browsers in which a person is signed in, and the end of that in each. */
export function BrowserList() {
  const { t } = useTranslation('accounts');
  const cache = useQueryClient();
  const { data, error, refetch } = useQuery(signedInBrowsersQuery);
  const end = useMutation({
    mutationFn: (session: string | null) => (session === null ? endOtherSessions() : endSession(session)),
    onSuccess: (_answer, session) =>
      showToast({ title: t(session === null ? 'browsers.othersEnded' : 'browsers.ended'), tone: 'success' }),
    onError: showProblemToast,
    onSettled: () => cache.invalidateQueries(signedInBrowsersQuery),
  });
  const hasOthers = data?.items.some(({ isCurrent }) => !isCurrent) ?? false;
  return (
    <Card id="browsers">
      <CardHeader
        title={t('browsers.title')}
        description={t('browsers.text')}
        actions={
          hasOthers && (
            <Button busy={end.isPending} onClick={() => end.mutate(null)}>
              {t('browsers.endOthers')}
            </Button>
          )
        }
      />
      <ListStates items={data?.items} error={error} onRetry={refetch} empty={null}>
        {(items) => (
          <ul aria-label={t('browsers.title')} className="divide-y divide-line">
            {items.map((browser) => (
              <BrowserLine
                key={browser.id}
                browser={browser}
                busy={end.isPending}
                onEnd={() => end.mutate(browser.id)}
              />
            ))}
          </ul>
        )}
      </ListStates>
    </Card>
  );
}
