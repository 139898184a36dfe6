import { useMutation, useQueryClient } from '@tanstack/react-query';
import { LogIn, RotateCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useNavigate } from 'react-router';
import type { ToolsetWithTools } from '#server/contract/toolset.ts';
import {
  deleteToolset,
  keepToolset,
  loadToolset,
  reloadToolsets,
  toolsetQuery,
} from '#web/features/toolsets/api/toolset-requests.ts';
import type { ToolsetPaths } from '#web/features/toolsets/toolset-paths.ts';
import { useSignIn } from '#web/features/toolsets/use-sign-in.ts';
import { useCancellable } from '#web/lib/use-cancellable.ts';
import { useLocalized } from '#web/lib/use-localized.ts';
import { Button } from '#web/ui/button.tsx';
import { deleteWithUndo } from '#web/ui/delete-with-undo.ts';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { Progress } from '#web/ui/progress.tsx';
import { showToast } from '#web/ui/toast-store.ts';

const LoadDialog = lazyDialog(async () => (await import('./load-dialog.tsx')).LoadDialog);

/** What stands in the way of a toolset, and what may be done with it: load it again, sign in, delete it. */
export function ToolsetActions({ toolset, paths }: { toolset: ToolsetWithTools; paths: ToolsetPaths }) {
  const { t } = useTranslation('toolsets');
  const cache = useQueryClient();
  const navigate = useNavigate();
  const signIn = useSignIn(paths);
  const { run, cancel } = useCancellable();
  const [isPasting, setIsPasting] = useState(false);
  const { id, name, needsSignIn, problemWords } = toolset;
  const localize = useLocalized();
  const wasPasted = toolset.kind === 'openapi' && toolset.sourceUrl === null;

  const onLoaded = (loaded: ToolsetWithTools | null) => {
    if (loaded === null) return;
    keepToolset(cache, loaded);
    setIsPasting(false);
    showToast({ title: t('load.done', { count: loaded.toolCount }), tone: 'success' });
  };
  const load = useMutation({
    mutationFn: () => run((signal) => loadToolset(id, undefined, signal)),
    onSuccess: onLoaded,
    // The hub keeps what went wrong with the toolset.
    onError: () => cache.invalidateQueries(toolsetQuery(id)),
  });
  const remove = () => {
    deleteWithUndo({
      id,
      title: t('delete.done', { name }),
      detail: t('delete.text'),
      send: () => deleteToolset(id),
      reload: () => reloadToolsets(cache),
    });
    void navigate(paths.list);
  };

  return (
    <>
      {needsSignIn && (
        <Notice
          tone="warning"
          title={t('signIn.needed', { name })}
          actions={
            <Button
              variant="primary"
              icon={<LogIn aria-hidden />}
              busy={signIn.isPending}
              onClick={() => signIn.mutate(id)}
            >
              {t('signIn.begin')}
            </Button>
          }
        >
          {t('signIn.neededText')}
        </Notice>
      )}
      {problemWords !== null && !load.isError && (
        <Notice tone="danger" title={t('state.problem')}>
          <p>{localize(problemWords)}</p>
          <p>{t('state.problemText')}</p>
        </Notice>
      )}
      {load.isError && <ErrorPanel error={load.error} />}
      <div className="flex flex-wrap items-center gap-2">
        {!needsSignIn && (
          <Button
            icon={<RotateCw aria-hidden />}
            busy={load.isPending}
            onClick={() => (wasPasted ? setIsPasting(true) : load.mutate())}
          >
            {t('load.again')}
          </Button>
        )}
        {load.isPending && <Button onClick={cancel}>{t('common:action.cancel')}</Button>}
        <Button variant="quiet" icon={<Trash2 aria-hidden />} onClick={remove}>
          {t('common:action.delete')}
        </Button>
        <div role="status" className="min-w-40 flex-1 empty:hidden">
          {load.isPending && <Progress label={t('load.doing')} />}
        </div>
      </div>
      <LoadDialog open={isPasting} onOpenChange={setIsPasting} toolset={id} onDone={onLoaded} />
    </>
  );
}
