import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { publishAgent } from '#web/features/agents/api/publish-agent.ts';
import { agentKeys, diffQuery } from '#web/features/agents/api/agent-queries.ts';
import { listDraftProblems } from '#web/features/agents/draft-problems.ts';
import type { Draft } from '#web/features/agents/use-draft.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { TextArea } from '#web/ui/text-area.tsx';
import { showToast } from '#web/ui/toast-store.ts';
import { ChangeList } from './change-list.tsx';
import { OwnKeyNotice } from './own-key-notice.tsx';
import { PublishAudience } from './publish-audience.tsx';

type PublishDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  draft: Draft;
  /** What else decides whether it is published. */
  gate: ReactNode;
};

/** Makes the draft the version that people use, after showing what that changes for them. */
export function PublishDialog({ open, onOpenChange, draft, gate }: PublishDialogProps) {
  const { t } = useTranslation('agents');
  const queryClient = useQueryClient();
  const [note, setNote] = useState('');
  const { stored, saver, form, saveState } = draft;
  const published = stored.publishedVersion;
  const diff = useQuery({
    ...diffQuery(stored.id, { from: published ?? 1, to: 'draft', revision: stored.draftRevision }),
    placeholderData: keepPreviousData,
    enabled: open && published !== null,
  });
  const problems = open ? listDraftProblems(form.getValues(), t) : [];
  const publish = useMutation({
    mutationFn: async () => {
      // What was chosen here may not be stored yet, and only what is stored is published.
      await saver.flush();
      const { kind, ...state } = saver.state();
      if ('error' in state) throw state.error;
      return kind === 'saved' ? publishAgent(stored.id, saver.revision(), note.trim()) : null;
    },
    onSuccess: async (agent) => {
      if (agent === null) return;
      await draft.adopt(agent);
      void queryClient.invalidateQueries({ queryKey: agentKeys.all });
      showToast({ title: t('publish.done', { version: agent.publishedVersion }), tone: 'success' });
      setNote('');
      onOpenChange(false);
    },
  });
  const isSaving = saveState.kind === 'changed' || saveState.kind === 'saving';
  const isBlocked = problems.length > 0 || (saveState.kind !== 'saved' && !isSaving);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="large"
      title={t(published === null ? 'publish.first' : 'publish.title', { version: (published ?? 0) + 1 })}
      footer={
        <Button variant="primary" busy={publish.isPending} disabled={isBlocked} onClick={() => publish.mutate()}>
          {t('builder.publish')}
        </Button>
      }
    >
      <div className="grid gap-5">
        {isBlocked && (
          <Notice tone="warning" title={t('publish.blocked')}>
            {problems.map(({ path, message }) => (
              <p key={path}>
                {t(`section.${path.split('.')[0] ?? ''}`)}: {message}
              </p>
            ))}
          </Notice>
        )}
        <TextArea
          label={t('publish.note')}
          hint={t('publish.noteHint')}
          optional
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <PublishAudience stored={stored} />
        <OwnKeyNotice agent={stored} />
        {gate}
        {publish.isError && <ErrorPanel error={publish.error} />}
        {published !== null && (
          <section className="grid gap-2">
            <h3 className="text-sm font-medium">{t('publish.changes', { version: published })}</h3>
            {diff.isPending && <SkeletonList rows={2} />}
            {diff.isError && <ErrorPanel error={diff.error} onRetry={diff.refetch} />}
            {diff.data && (
              <ChangeList
                changes={diff.data.changes}
                beforeLabel={t('changes.before')}
                afterLabel={t('changes.after')}
              />
            )}
          </section>
        )}
      </div>
    </Dialog>
  );
}
