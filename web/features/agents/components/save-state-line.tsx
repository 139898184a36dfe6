import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { SaveState } from '#web/features/agents/draft-saver.ts';
import type { Draft } from '#web/features/agents/use-draft.ts';
import { useProblemTexts } from '#web/lib/problem-texts.ts';
import { Badge } from '#web/ui/badge.tsx';

/** Whether what stands in the form is stored, and which version people use. */
export function SaveStateLine({ draft }: { draft: Draft }) {
  const { t } = useTranslation('agents');
  const { stored, saveState, saver } = draft;
  const version = stored.publishedVersion;
  const hasTrouble = isTrouble(saveState);
  return (
    <p className="flex min-w-0 flex-wrap items-center gap-x-1.5 text-xs text-ink-faint">
      {/* A phone has room for one of both: what went wrong, else the version. */}
      <span role="status" className={hasTrouble ? 'text-danger' : 'max-sm:sr-only'}>
        {t(`save.${saveState.kind}`)}
        {saveState.kind === 'failed' && <FailedBecause error={saveState.error} />}
      </span>
      {saveState.kind === 'failed' && (
        <button type="button" className="text-link" onClick={() => void saver.flush()}>
          {t('common:action.retry')}
        </button>
      )}
      <span className={hasTrouble ? 'max-sm:hidden' : undefined}>
        {version === null ? (
          <Badge>{t('state.draft')}</Badge>
        ) : (
          <Badge tone={stored.hasUnpublishedChanges ? 'warning' : 'success'}>
            {t(stored.hasUnpublishedChanges ? 'state.changed' : 'state.published', { version })}
          </Badge>
        )}
      </span>
    </p>
  );
}

function FailedBecause({ error }: { error: unknown }) {
  const { title, detail } = useProblemTexts(error);
  return <>: {detail ?? title}</>;
}

function isTrouble(state: SaveState): boolean {
  return state.kind === 'failed' || state.kind === 'conflict' || state.kind === 'invalid';
}
