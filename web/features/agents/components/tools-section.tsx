import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { type AgentDefinition, AgentTool } from '#server/contract/agent-definition.ts';
import { agentToolPrefix } from '#server/contract/identifier.ts';
import type { JsonObject } from '#server/contract/json.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import type { ToolSummary } from '#server/contract/tool.ts';
import type { AgentPaths } from '#web/features/agents/agent-paths.ts';
import { toolListQuery } from '#web/lib/tool-list-query.ts';
import { withoutItself } from '#web/features/agents/without-itself.ts';
import type { BenchTool } from '#web/features/tools/bench-tool.ts';
import { useLocalized } from '#web/lib/use-localized.ts';
import { Button } from '#web/ui/button.tsx';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { removeInPlace } from '#web/ui/hold-place.ts';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { BuilderSection } from './builder-section.tsx';

/** Many agents have no tool. */
const ToolEditor = lazy(() => import('./tool-editor.tsx'));
const ToolLibrary = lazyDialog(async () => (await import('./tool-library.tsx')).ToolLibrary);
const ToolBench = lazyDialog(async () => (await import('#web/features/tools/components/tool-bench.tsx')).ToolBench);

export function ToolsSection({ paths }: { paths: Pick<AgentPaths, 'chat' | 'toolsets'> }) {
  const { t } = useTranslation('agents');
  const localize = useLocalized();
  const { control, getValues } = useFormContext<AgentDefinition>();
  // `id` belongs to the tool, so the list's own key has another name.
  const { fields, append, remove } = useFieldArray({ control, name: 'tools', keyName: 'row' });
  const [isOpen, setIsOpen] = useState(false);
  const [tried, setTried] = useState<{ tool: ToolSummary; input: JsonObject } | null>(null);
  const tools = useQuery(toolListQuery);
  const chosen = fields.map(({ id }) => id);
  /** An agent is no tool on the bench: it is tried by talking to it, beside the draft. */
  const tryOut = (tool: ToolSummary, input: JsonObject) => {
    if (!tool.id.startsWith(agentToolPrefix)) return setTried({ tool, input });
    window.open(paths.chat(tool.id.slice(agentToolPrefix.length)), '_blank', 'noopener');
  };
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
      <Suspense fallback={<SkeletonList rows={fields.length} />}>
        {fields.map((field, index) => (
          <ToolEditor
            key={field.row}
            index={index}
            id={field.id}
            tool={tools.data?.items.find(({ id }) => id === field.id)}
            isLoaded={tools.isSuccess}
            toolsetsAddress={paths.toolsets}
            onTry={(tool) => tryOut(tool, getValues(`tools.${index}.fixedParameters`))}
            onRemove={() => removeInPlace(() => remove(index))}
          />
        ))}
      </Suspense>
      <ToolLibrary
        open={isOpen}
        onOpenChange={setIsOpen}
        tools={withoutItself(tools.data?.items ?? [], getValues('identity.handle'))}
        chosen={chosen}
        toolsetsAddress={paths.toolsets}
        onAdd={(id) => append(AgentTool.parse({ id }))}
        onRemove={(id) => remove(chosen.indexOf(id))}
        onTry={(tool) => tryOut(tool, {})}
      />
      <ToolBench
        open={tried !== null}
        onOpenChange={() => setTried(null)}
        tool={tried && toBenchTool(tried.tool, localize)}
        input={tried?.input ?? {}}
      />
    </BuilderSection>
  );
}

function toBenchTool(tool: ToolSummary, localize: (text: LocalizedText) => string): BenchTool {
  const { id, title, description, effect, inputSchema } = tool;
  const obstacle = tool.unavailable ?? tool.onlyInRuns;
  return {
    id,
    title: localize(title),
    description: localize(description),
    effect,
    unavailable: obstacle && localize(obstacle),
    inputSchema,
  };
}
