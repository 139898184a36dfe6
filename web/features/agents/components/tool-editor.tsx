import { Play, Trash2 } from 'lucide-react';
import { useFormContext } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link } from 'react-router';
import { type AgentDefinition, AgentUse, ApprovalRule } from '#server/contract/agent-definition.ts';
import type { ToolSummary } from '#server/contract/tool.ts';
import { useLocalized } from '#web/lib/use-localized.ts';
import { IconButton } from '#web/ui/icon-button.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { ToolBadges } from './tool-badges.tsx';
import { ToolForModel } from './tool-for-model.tsx';
import { ToolParameters } from './tool-parameters.tsx';

type ToolEditorProps = {
  index: number;
  id: string;
  tool: ToolSummary | undefined;
  isLoaded: boolean;
  toolsetsAddress: string;
  onTry: (tool: ToolSummary) => void;
  onRemove: () => void;
};

/** A tool of the agent: when it needs a person's consent, what the model is told, and what its creator has set for good. */
export default function ToolEditor({ index, id, tool, isLoaded, toolsetsAddress, onTry, onRemove }: ToolEditorProps) {
  const { t } = useTranslation('agents', 'tools');
  const localize = useLocalized();
  const { register } = useFormContext<AgentDefinition>();
  const title = tool ? localize(tool.title) : id;
  return (
    <div role="group" aria-label={title} className="grid gap-3 rounded-md border border-line bg-raised p-3">
      <div className="flex items-start gap-3">
        <div className="grid min-w-0 flex-1 gap-0.5">
          <div className="flex flex-wrap items-center gap-2">
            <h3 className="font-medium wrap-anywhere">{title}</h3>
            {tool && <ToolBadges tool={tool} only="special" />}
          </div>
          {tool && <p className="line-clamp-2 text-sm text-ink-soft wrap-anywhere">{localize(tool.description)}</p>}
          {tool?.unavailable && <p className="text-sm text-warning">{localize(tool.unavailable)}</p>}
          {!tool && isLoaded && <UnknownTool id={id} toolsetsAddress={toolsetsAddress} />}
        </div>
        <div className="flex shrink-0">
          {tool && (
            <IconButton
              size="small"
              label={t('tools:bench.tryNamed', { title })}
              icon={<Play />}
              onClick={() => onTry(tool)}
            />
          )}
          <IconButton size="small" label={t('list.remove', { item: title })} icon={<Trash2 />} onClick={onRemove} />
        </div>
      </div>
      {id.startsWith('agent/') && (
        <SelectField
          className="sm:max-w-sm"
          label={t('tools.use')}
          hint={t('tools.useHint')}
          options={AgentUse.options.map((value) => ({ value, label: t(`tools.uses.${value}`) }))}
          {...register(`tools.${index}.use`)}
        />
      )}
      <SelectField
        className="sm:max-w-sm"
        label={t('tools.approval')}
        options={ApprovalRule.options.map((value) => ({ value, label: t(`tools.approvals.${value}`) }))}
        {...register(`tools.${index}.approval`)}
      />
      {tool && <ToolForModel index={index} id={id} description={localize(tool.description)} />}
      {tool && <ToolParameters index={index} id={id} schema={tool.inputSchema} />}
    </div>
  );
}

function UnknownTool({ id, toolsetsAddress }: { id: string; toolsetsAddress: string }) {
  const { t } = useTranslation('agents');
  if (!id.includes('/')) return <p className="text-sm text-danger">{t('tools.unknown')}</p>;
  return (
    <p className="text-sm text-danger">
      {t('tools.unknownConnected')}{' '}
      <Link to={toolsetsAddress} className="text-link">
        {t('tools.toToolsets')}
      </Link>
    </p>
  );
}
