import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { type AgentDefinition, AgentTool } from '#server/contract/agent-definition.ts';
import { toolListQuery } from '#web/features/agents/api/tool-list-query.ts';
import { Button } from '#web/ui/button.tsx';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { BuilderSection } from './builder-section.tsx';
import { ToolEditor } from './tool-editor.tsx';

const ToolLibrary = lazyDialog(async () => (await import('./tool-library.tsx')).ToolLibrary);

export function ToolsSection() {
  const { t } = useTranslation('agents');
  const { control } = useFormContext<AgentDefinition>();
  // `id` belongs to the tool, so the list's own key has another name.
  const { fields, append, remove } = useFieldArray({ control, name: 'tools', keyName: 'row' });
  const [isOpen, setIsOpen] = useState(false);
  const tools = useQuery(toolListQuery);
  const chosen = fields.map(({ id }) => id);
  return (
    <BuilderSection
      name="tools"
      actions={
        <Button size="small" icon={<Plus aria-hidden />} onClick={() => setIsOpen(true)}>
          {t('tools.add')}
        </Button>
      }
    >
      {tools.isError && <ErrorPanel error={tools.error} onRetry={tools.refetch} />}
      {fields.length === 0 && <p className="text-sm text-ink-soft">{t('tools.none')}</p>}
      {fields.map((field, index) => (
        <ToolEditor
          key={field.row}
          index={index}
          id={field.id}
          tool={tools.data?.items.find(({ id }) => id === field.id)}
          isLoaded={tools.isSuccess}
          onRemove={() => remove(index)}
        />
      ))}
      <ToolLibrary
        open={isOpen}
        onOpenChange={setIsOpen}
        tools={tools.data?.items ?? []}
        chosen={chosen}
        onAdd={(id) => append(AgentTool.parse({ id }))}
        onRemove={(id) => remove(chosen.indexOf(id))}
      />
    </BuilderSection>
  );
}
