import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { AgentVersionSummary, VersionReference } from '#server/contract/agent.ts';
import type { AgentPaths } from '#web/features/agents/agent-paths.ts';
import { diffQuery, versionListQuery } from '#web/features/agents/api/agent-queries.ts';
import { restoreVersion } from '#web/features/agents/api/restore-version.ts';
import type { Draft } from '#web/features/agents/use-draft.ts';
import { useFormat } from '#web/lib/format.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { showToast } from '#web/ui/toast-store.ts';
import { ChangeList } from './change-list.tsx';
import { VersionLine } from './version-line.tsx';

type VersionsDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  draft: Draft;
  toConversation: AgentPaths['conversation'];
};

/** Every published version: how much it is used, what changed between any two, and the way back to one. */
export function VersionsDialog({ open, onOpenChange, draft, toConversation }: VersionsDialogProps) {
  const { t } = useTranslation('agents');
  const agent = draft.stored.id;
  const list = useInfiniteQuery({ ...versionListQuery(agent), enabled: open });
  const versions = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const restore = useMutation({
    mutationFn: (version: number) => restoreVersion(agent, version),
    onSuccess: async (restored, version) => {
      await draft.adopt(restored);
      showToast({
        title: t('versions.restored', { version }),
        tone: 'success',
        action: { label: t('common:action.undo'), onAction: draft.undo },
      });
      onOpenChange(false);
    },
  });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="large"
      title={t('versions.title')}
      description={t('versions.explanation')}
    >
      <div className="grid gap-5">
        {list.isPending && open && <SkeletonList rows={3} />}
        {list.isError && <ErrorPanel error={list.error} onRetry={list.refetch} />}
        {restore.isError && <ErrorPanel error={restore.error} />}
        {list.isSuccess && versions.length === 0 && <p className="text-ink-soft">{t('versions.none')}</p>}
        <ol className="grid gap-2">
          {versions.map((version) => (
            <VersionLine
              key={version.version}
              agent={agent}
              version={version}
              isBusy={restore.isPending}
              onRestore={() => restore.mutate(version.version)}
              toConversation={toConversation}
            />
          ))}
        </ol>
        {list.hasNextPage && (
          <Button size="small" variant="quiet" onClick={() => void list.fetchNextPage()}>
            {t('common:loadMore')}
          </Button>
        )}
        {versions.length > 0 && <VersionComparison agent={agent} versions={versions} />}
      </div>
    </Dialog>
  );
}

function VersionComparison({ agent, versions }: { agent: string; versions: AgentVersionSummary[] }) {
  const { t } = useTranslation('agents');
  const format = useFormat();
  const [from, setFrom] = useState<VersionReference>(versions[0]?.version ?? 1);
  const [to, setTo] = useState<VersionReference>('draft');
  const diff = useQuery(diffQuery(agent, { from, to }));
  const options = [
    { value: 'draft', label: t('versions.draft') },
    ...versions.map(({ version, createdAt }) => ({
      value: String(version),
      label: t('versions.option', { version, date: format.date(createdAt) }),
    })),
  ];
  const parse = (value: string): VersionReference => (value === 'draft' ? 'draft' : Number(value));
  return (
    <section className="grid gap-3">
      <h3 className="font-medium">{t('versions.compare')}</h3>
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          label={t('versions.from')}
          options={options}
          value={String(from)}
          onChange={(event) => setFrom(parse(event.target.value))}
        />
        <SelectField
          label={t('versions.to')}
          options={options}
          value={String(to)}
          onChange={(event) => setTo(parse(event.target.value))}
        />
      </div>
      {diff.isPending && <SkeletonList rows={2} />}
      {diff.isError && <ErrorPanel error={diff.error} onRetry={diff.refetch} />}
      {diff.data && (
        <ChangeList changes={diff.data.changes} beforeLabel={t('changes.before')} afterLabel={t('changes.after')} />
      )}
    </section>
  );
}
