import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { AgentVersionSummary } from '#server/contract/agent.ts';
import type { AgentPaths } from '#web/features/agents/agent-paths.ts';
import { useFormat } from '#web/lib/format.ts';
import { Button } from '#web/ui/button.tsx';
import { VersionConversations } from './version-conversations.tsx';

type VersionLineProps = {
  agent: string;
  version: AgentVersionSummary;
  isBusy: boolean;
  onRestore: () => void;
  toConversation: AgentPaths['conversation'];
};

export function VersionLine({ agent, version, isBusy, onRestore, toConversation }: VersionLineProps) {
  const { t } = useTranslation('agents');
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  return (
    <li className="grid gap-2 rounded-md border border-line p-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="grid min-w-0 flex-1">
          <span className="font-medium">{t('versions.number', { version: version.version })}</span>
          <span className="text-sm wrap-anywhere whitespace-pre-wrap">{version.note || t('versions.noNote')}</span>
          <span className="text-xs text-ink-faint">
            {[format.dateTime(version.createdAt), version.publishedBy?.name].filter(Boolean).join(' · ')}
          </span>
          {version.use && <VersionUse use={version.use} />}
        </div>
        <Button
          size="small"
          busy={isBusy}
          onClick={onRestore}
          aria-label={t('versions.restoreOne', { version: version.version })}
        >
          {t('versions.restore')}
        </Button>
      </div>
      {version.use && version.use.lastAt !== null && (
        <details className="text-sm" onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary className="min-h-6 w-fit cursor-pointer text-ink-soft hover:text-ink">
            {t('versions.conversations')}
          </summary>
          <div className="grid gap-2 pt-2">
            {isOpen && <VersionConversations agent={agent} version={version.version} toConversation={toConversation} />}
          </div>
        </details>
      )}
    </li>
  );
}

function VersionUse({ use }: { use: NonNullable<AgentVersionSummary['use']> }) {
  const { t } = useTranslation('agents');
  const format = useFormat();
  if (use.lastAt === null) return <span className="text-xs text-ink-faint">{t('versions.unused')}</span>;
  return (
    <span className="text-xs text-ink-soft">
      {[
        t('versions.useConversations', { count: use.conversations, number: format.number(use.conversations) }),
        t('versions.usePeople', { count: use.people, number: format.number(use.people) }),
        t('versions.lastUsed', { date: format.dateTime(use.lastAt) }),
      ].join(' · ')}
    </span>
  );
}
