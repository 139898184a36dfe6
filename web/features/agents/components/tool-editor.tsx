import { Trash2 } from 'lucide-react';
import { useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { type AgentDefinition, ApprovalRule } from '#server/contract/agent-definition.ts';
import type { ToolSummary } from '#server/contract/tool.ts';
import { useLocalized } from '#web/features/agents/use-localized.ts';
import { Badge } from '#web/ui/badge.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { FixedParameters } from './fixed-parameters.tsx';

type ToolEditorProps = {
  index: number;
  id: string;
  tool: ToolSummary | undefined;
  isLoaded: boolean;
  onRemove: () => void;
};

/** A tool of the agent: when it needs a person's consent, and what its creator has set for good. */
export function ToolEditor({ index, id, tool, isLoaded, onRemove }: ToolEditorProps) {
  const { t } = useTranslation('agents');
  const localize = useLocalized();
  const { register } = useFormContext<AgentDefinition>();
  const title = tool ? localize(tool.title) : id;
  return (
    <div role="group" aria-label={title} className="grid gap-3 rounded-md border border-line bg-raised p-3">
      <div className="flex items-start gap-3">
        <div className="grid min-w-0 flex-1 gap-0.5">
          <div className="flex flex-wrap items-center gap-2">
            <h3 className="font-medium">{title}</h3>
            {tool?.category === 'on-chain' && <Badge tone="chain">{t('tools.categories.on-chain')}</Badge>}
            {tool?.effect === 'write' && <Badge tone="warning">{t('tools.writes')}</Badge>}
          </div>
          {tool && <p className="line-clamp-2 text-sm text-ink-soft">{localize(tool.description)}</p>}
          {tool?.unavailable && <p className="text-sm text-warning">{localize(tool.unavailable)}</p>}
          {!tool && isLoaded && <p className="text-sm text-danger">{t('tools.unknown')}</p>}
        </div>
        <IconButton size="small" label={t('list.remove', { item: title })} icon={<Trash2 />} onClick={onRemove} />
      </div>
      <SelectField
        className="sm:max-w-sm"
        label={t('tools.approval')}
        options={ApprovalRule.options.map((value) => ({ value, label: t(`tools.approvals.${value}`) }))}
        {...register(`tools.${index}.approval`)}
      />
      {tool && <FixedParameters index={index} schema={tool.inputSchema} />}
    </div>
  );
}
