import { useQuery } from '@tanstack/react-query';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { CreatedApiKey } from '#server/contract/api-key.ts';
import { agentChoicesQuery } from '#web/features/keys/api/agent-choices.ts';
import { CodeBlock } from '#web/ui/code-block.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { CallSnippets } from './call-snippets.tsx';

/** A new key, shown this once, with ready calls of an agent that it reaches. */
export function CreatedKey({ created }: { created: CreatedApiKey }) {
  const { t } = useTranslation('keys');
  const { data: choices } = useQuery(agentChoicesQuery);
  const agent = created.agents[0]?.handle ?? choices?.[0]?.handle ?? 'your-agent';

  return (
    <div className="grid gap-5">
      <Notice tone="warning" title={t('created.once')}>
        {t('created.onceText')}
      </Notice>
      <CodeBlock label={t('created.key')} code={created.key} wrap />
      <CallSnippets apiKey={created.key} agent={agent} />
    </div>
  );
}
