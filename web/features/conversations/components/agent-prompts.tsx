import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { AgentPrompt, FillPromptInput } from '#server/contract/prompt.ts';
import { agentPromptsQuery } from '#web/features/conversations/api/prompt-requests.ts';
import type { SlashCommand } from '#web/features/conversations/use-slash-commands.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { showToast } from '#web/ui/toast-store.ts';
import { PromptDialog } from './prompt-dialog.tsx';

type AgentPromptsProps = {
  agent: string;
  version: FillPromptInput['version'];
  onCommands: (commands: SlashCommand[]) => void;
  onFilled: (text: string) => void;
};

/** Offers the prompts of an agent's MCP servers as commands, and asks for what the picked one needs. */
export function AgentPrompts({ agent, version, onCommands, onFilled }: AgentPromptsProps) {
  const { t } = useTranslation('conversations');
  const { data } = useQuery(agentPromptsQuery(agent, version));
  const [picked, setPicked] = useState<AgentPrompt | null>(null);
  useEffect(() => {
    const prompts = data?.items ?? [];
    onCommands(
      prompts.map((prompt) => ({
        name: prompt.name,
        words: [prompt.description || prompt.title, prompt.toolset].join(' · '),
        run: () => setPicked(prompt),
      })),
    );
  }, [data, onCommands]);
  if (picked === null) return null;
  return (
    <PromptDialog
      agent={agent}
      version={version}
      prompt={picked}
      onClose={() => setPicked(null)}
      onFilled={({ text, leftOut }) => {
        setPicked(null);
        onFilled(text);
        if (leftOut > 0) showToast({ title: t('prompt.leftOut', { count: leftOut }) });
      }}
    />
  );
}
