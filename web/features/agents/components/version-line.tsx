import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { AgentVersionSummary } from '#server/contract/agent.ts';
import { useFormat } from '#web/lib/format.ts';
import { Button } from '#web/ui/button.tsx';

type VersionLineProps = { version: AgentVersionSummary; isBusy: boolean; onRestore: () => void };

export function VersionLine({ version, isBusy, onRestore }: VersionLineProps) {
  const { t } = useTranslation('agents');
  const format = useFormat();
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md border border-line p-3">
      <div className="grid min-w-0 flex-1">
        <span className="font-medium">{t('versions.number', { version: version.version })}</span>
        <span className="text-sm wrap-anywhere whitespace-pre-wrap">{version.note || t('versions.noNote')}</span>
        <span className="text-xs text-ink-faint">
          {[format.dateTime(version.createdAt), version.publishedBy?.name].filter(Boolean).join(' · ')}
        </span>
      </div>
      <Button
        size="small"
        busy={isBusy}
        onClick={onRestore}
        aria-label={t('versions.restoreOne', { version: version.version })}
      >
        {t('versions.restore')}
      </Button>
    </li>
  );
}
