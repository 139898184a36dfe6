import { useState } from 'react';
import { Link } from 'react-router';
import type { Agent } from '#server/contract/agent.ts';
import type { AgentVariable } from '#server/contract/agent-definition.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Notice } from '#web/ui/notice.tsx';
import { SegmentedChoice } from '#web/ui/segmented-choice.tsx';
import { CallSnippets } from './call-snippets.tsx';

/** How software calls one agent: with a key, and with its newest version or always the same. */
export function AgentCalls({ agent, keysAddress }: { agent: Agent; keysAddress: string }) {
  const { t } = useTranslation('keys');
  const [isPinned, setPinned] = useState(false);
  const version = agent.publishedVersion;
  const variables = toNeeded(agent.definition.variables);
  return (
    <div className="grid min-w-0 gap-4">
      <p className="text-sm text-ink-soft">
        {t('calls.text')}{' '}
        <Link to={keysAddress} className="text-link">
          {t('calls.makeKey')}
        </Link>
      </p>
      {version !== null && (
        <SegmentedChoice
          label={t('calls.version')}
          value={isPinned ? 'pinned' : 'newest'}
          onChange={(value) => setPinned(value === 'pinned')}
          options={[
            { value: 'newest', label: t('calls.newest') },
            { value: 'pinned', label: t('calls.pinned', { version }) },
          ]}
        />
      )}
      {variables && <Notice>{t('calls.variables')}</Notice>}
      <CallSnippets apiKey="YOUR_KEY" agent={agent.handle} version={isPinned ? version : null} {...variables} />
    </div>
  );
}

/** Values in the place of those that a run must bring. */
function toNeeded(variables: AgentVariable[]): { variables: Record<string, string> } | null {
  const needed = variables.filter(({ required, defaultValue }) => required && defaultValue.trim() === '');
  if (needed.length === 0) return null;
  return {
    variables: Object.fromEntries(
      needed.map(({ name, type, options }) => [name, options[0] ?? (type === 'number' ? '1' : name)]),
    ),
  };
}
