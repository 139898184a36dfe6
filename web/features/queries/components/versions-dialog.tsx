import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SavedQuery } from '#server/contract/saved-query.ts';
import { restoreVersion, versionListQuery } from '#web/features/queries/api/query-requests.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { TextDiff } from '#web/ui/text-diff.tsx';

type VersionsDialogProps = {
  query: SavedQuery | null;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onRestored: (query: SavedQuery) => void;
};

/** The versions of a query, and what each changed; an earlier one can be had back. */
export function VersionsDialog({ query, open, onOpenChange, onRestored }: VersionsDialogProps) {
  const { t } = useTranslation('queries');
  return (
    <Dialog open={open} onOpenChange={onOpenChange} size="large" title={t('versions.title')}>
      {query && (
        <Versions
          query={query}
          onRestored={(restored) => {
            onRestored(restored);
            onOpenChange(false);
          }}
        />
      )}
    </Dialog>
  );
}

function Versions({ query, onRestored }: { query: SavedQuery; onRestored: (query: SavedQuery) => void }) {
  const { t } = useTranslation('queries');
  const format = useFormat();
  const { data, error, refetch } = useQuery(versionListQuery(query.id, query.version));
  const [busy, setBusy] = useState<number | null>(null);
  const restore = (version: number) => {
    setBusy(version);
    void restoreVersion(query.id, version)
      .then(onRestored, showProblemToast)
      .finally(() => setBusy(null));
  };
  return (
    <ListStates items={data?.items} error={error} onRetry={refetch} empty={null}>
      {(shown) => (
        <ol className="grid gap-5">
          {shown.map(({ version, engine, sql, createdAt }, index) => (
            <li key={version} className="grid min-w-0 grid-cols-1 gap-2">
              <div className="flex flex-wrap items-center gap-2">
                <span className="font-medium">{t('saved.version', { version })}</span>
                <span className="text-sm text-ink-faint">{format.dateTime(createdAt)}</span>
                {engine === 'dune' && <span className="text-sm text-ink-soft">{t('engine.dune')}</span>}
                {index > 0 && query.can.edit && (
                  <Button size="small" className="ml-auto" busy={busy === version} onClick={() => restore(version)}>
                    {t('versions.restore')}
                  </Button>
                )}
              </div>
              <TextDiff
                label={t('versions.changes', { version })}
                before={shown[index + 1]?.sql ?? ''}
                after={sql}
                beforeLabel={t('versions.gone')}
                afterLabel={t('versions.new')}
              />
            </li>
          ))}
        </ol>
      )}
    </ListStates>
  );
}
