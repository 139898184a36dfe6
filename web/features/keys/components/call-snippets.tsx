import { useState } from 'react';
import {
  openAIKinds,
  type SnippetInput,
  type SnippetKind,
  snippetKinds,
  toSnippets,
} from '#web/features/keys/snippets.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { CodeBlock } from '#web/ui/code-block.tsx';
import { Tabs } from '#web/ui/tabs.tsx';

/** Ready calls of an agent on this hub, one language at a time. */
export function CallSnippets(call: Omit<SnippetInput, 'origin'>) {
  const { t } = useTranslation('keys');
  const [kind, setKind] = useState<SnippetKind>('curl');
  const snippets = toSnippets({ origin: window.location.origin, ...call });
  // No client of OpenAI can send the values that an agent asks for.
  const left: readonly SnippetKind[] = call.variables === undefined ? [] : openAIKinds;
  return (
    <Tabs
      label={t('created.call')}
      value={kind}
      onValueChange={setKind}
      tabs={snippetKinds
        .filter((value) => !left.includes(value))
        .map((value) => ({
          value,
          label: t(`snippet.${value}`),
          content: <CodeBlock label={t(`snippet.${value}`)} code={snippets[value]} />,
        }))}
    />
  );
}
