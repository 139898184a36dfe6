import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link, useLocation, useNavigate } from 'react-router';
import { SignInEnd } from '#server/contract/toolset.ts';
import { endSignIn, keepToolset } from '#web/features/toolsets/api/toolset-requests.ts';
import { recallSignIn, rememberSignIn } from '#web/features/toolsets/sign-in-memory.ts';
import type { ToolsetPaths } from '#web/features/toolsets/toolset-paths.ts';
import { useSignIn } from '#web/features/toolsets/use-sign-in.ts';
import { isProblem } from '#web/lib/api-problem.ts';
import { Button } from '#web/ui/button.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { Progress } from '#web/ui/progress.tsx';
import { showToast } from '#web/ui/toast-store.ts';

/** Ends a sign-in with what the service sent the person back with, and goes on to the toolset. */
export function SignInReturn({ paths }: { paths: ToolsetPaths }) {
  const { t } = useTranslation('toolsets');
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [answer] = useState(() => readAnswer(search));
  const [left] = useState(recallSignIn);
  const again = useSignIn(paths);
  const { mutate, error, isError } = useMutation({
    mutationFn: endSignIn,
    onSuccess: (toolset) => {
      keepToolset(cache, toolset);
      rememberSignIn(null);
      showToast({ title: t('signIn.done', { name: toolset.name }), tone: 'success' });
      void navigate(paths.one(toolset.id), { replace: true });
    },
  });
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    // The code is secret: it stays neither in the address nor in the history.
    if (search !== '') void navigate(pathname, { replace: true });
    if (answer) mutate(answer);
  }, [answer, mutate, navigate, pathname, search]);

  const beginAgain =
    left === null ? (
      <Button asChild>
        <Link to={paths.list}>{t('signIn.choose')}</Link>
      </Button>
    ) : (
      <>
        <Button variant="primary" busy={again.isPending} onClick={() => again.mutate(left)}>
          {t('signIn.beginAgain')}
        </Button>
        <Button asChild variant="quiet">
          <Link to={paths.one(left)}>{t('signIn.toToolset')}</Link>
        </Button>
      </>
    );
  return (
    <div className="max-w-2xl">
      <PageHeader title={t('signIn.title')} />
      {answer === null && (
        <Notice title={t('signIn.nothing')} actions={beginAgain}>
          {t('signIn.nothingText')}
        </Notice>
      )}
      {answer !== null && !isError && (
        <div role="status" className="grid gap-2 text-ink-soft">
          {t('signIn.ending')}
          <Progress label={t('signIn.ending')} />
        </div>
      )}
      {isError && (
        <div className="grid gap-4">
          {isProblem(error, 'not_found') ? (
            <div role="alert">
              <Notice tone="danger" title={t('signIn.gone')}>
                {t('signIn.goneText')}
              </Notice>
            </div>
          ) : (
            <ErrorPanel error={error} />
          )}
          <div className="flex flex-wrap gap-2">{beginAgain}</div>
        </div>
      )}
    </div>
  );
}

function readAnswer(search: string): SignInEnd | null {
  const given = Object.fromEntries(new URLSearchParams(search));
  const { state, code, iss, error, error_description } = given;
  const parsed = SignInEnd.safeParse({ state, code, iss, error, error_description });
  return parsed.success ? parsed.data : null;
}
