import { useMutation, useQueryClient } from '@tanstack/react-query';
import { MessagesSquare, RotateCcw, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { draftTalkQuery, forgetTalk } from '#web/features/proposals/api/proposal-requests.ts';
import type { EditedDraft } from '#web/features/proposals/edited-draft.ts';
import { type Talk, useTalk } from '#web/features/proposals/use-talk.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { DescriptionExamples } from './description-examples.tsx';
import { TalkComposer } from './talk-composer.tsx';
import { TalkTurns } from './talk-turns.tsx';

/** The talk in which an agent is built: say what it should do, look at what is proposed, apply what fits. */
export function DescribePanel({ draft, modelsAddress }: { draft: EditedDraft; modelsAddress: string }) {
  // The tests of a proposal are told in the words of evals, which would else be waited for in the middle of a talk.
  const { t } = useTranslation('proposals', 'evals');
  const queryClient = useQueryClient();
  const { id: agent } = draft.agent;
  const { talk, stored, turns, sent, live, isReading, send, stop } = useTalk(agent);
  const [text, setText] = useState('');
  const [isForgetting, setIsForgetting] = useState(false);
  const forget = useMutation({
    mutationFn: () => forgetTalk(agent),
    onSuccess: () => queryClient.refetchQueries(draftTalkQuery(agent)),
  });
  const end = useRef<HTMLDivElement>(null);
  const spoken = turns.length + (sent === null ? 0 : 1);
  useEffect(() => {
    if (spoken > 0) end.current?.scrollIntoView({ block: 'end' });
  }, [spoken, isReading]);
  const isEmpty = spoken === 0 && live === null;
  const failed = findFailed(turns);
  return (
    <section aria-label={t('talk.label')} className="flex h-full min-h-0 min-w-0 flex-col">
      <div className="relative min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto grid max-w-3xl gap-6 px-4 py-5">
          {talk.isError && <ErrorPanel error={talk.error} onRetry={() => void talk.refetch()} />}
          {stored.isError && <ErrorPanel error={stored.error} onRetry={() => void stored.refetch()} />}
          {talk.isPending || stored.isLoading ? (
            sent === null && <SkeletonList rows={3} rowClassName="h-20 w-full" />
          ) : (
            <>
              {isEmpty && (
                <EmptyState title={t('talk.emptyTitle')} icon={<MessagesSquare />}>
                  {t('talk.emptyText')}
                </EmptyState>
              )}
              {isEmpty && <DescriptionExamples onChoose={setText} />}
            </>
          )}
          {talk.data?.model === null && (
            <Notice
              title={t('offline.title')}
              actions={
                <Link to={modelsAddress} className="text-link">
                  {t('offline.connect')}
                </Link>
              }
            >
              {t('offline.text')}
            </Notice>
          )}
          {stored.hasNextPage && (
            <Button
              size="small"
              variant="quiet"
              className="justify-self-center"
              busy={stored.isFetchingNextPage}
              onClick={() => void stored.fetchNextPage()}
            >
              {t('talk.earlier')}
            </Button>
          )}
          <TalkTurns
            turns={turns}
            sent={sent}
            live={live}
            isReading={isReading}
            draft={draft}
            decisions={talk.data?.decisions ?? []}
            onRetry={sent === null ? undefined : () => send(sent)}
          />
          {!isEmpty && !isReading && (
            <div className="flex flex-wrap gap-2">
              {failed !== null && (
                <Button size="small" variant="secondary" icon={<RotateCcw aria-hidden />} onClick={() => send(failed)}>
                  {t('common:action.retry')}
                </Button>
              )}
              <Button size="small" variant="quiet" icon={<Trash2 aria-hidden />} onClick={() => setIsForgetting(true)}>
                {t('talk.forget')}
              </Button>
            </div>
          )}
          <div ref={end} />
        </div>
      </div>
      <div className="mx-auto w-full max-w-3xl px-4 pb-4">
        <TalkComposer text={text} onText={setText} isRunning={isReading} onSend={send} onStop={stop} />
      </div>
      <ConfirmDialog
        open={isForgetting}
        onOpenChange={setIsForgetting}
        title={t('talk.forgetTitle')}
        description={t('talk.forgetText')}
        confirmLabel={t('talk.forget')}
        onConfirm={() => forget.mutateAsync()}
      />
    </section>
  );
}

/** What the person said last, where it was answered with a failure. */
function findFailed(turns: Talk['turns']): string | null {
  const [said, answer] = turns.slice(-2);
  return said?.kind === 'person' && answer?.kind === 'agent' && answer.view.error !== null ? said.text : null;
}
