import { ApprovalRule, AgentUse } from '#server/contract/agent-definition.ts';
import type { JsonObject } from '#server/contract/json.ts';
import { asObject, toChoiceText } from '#web/features/tools/schema-fields.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';

/** A tool of an agent, or a part of one, in words: a line for each thing that is set. */
export function useToolText(): (id: string, tool: JsonObject) => string {
  const { t } = useTranslation('agents');
  return (id, tool) => {
    const approval = ApprovalRule.safeParse(tool['approval']).data;
    const use = id.startsWith('agent/') ? AgentUse.safeParse(tool['use']).data : undefined;
    const line = (label: string, value: string) => t('changes.line', { label: t(label), value });
    const words = (['name', 'description'] as const).flatMap((member) => {
      const text = tool[member];
      return typeof text === 'string' && text !== '' ? [line(`tools.${member}ForModel`, text)] : [];
    });
    const fixed = Object.entries(asObject(tool['fixedParameters'])).map(([name, value]) =>
      t('changes.fixed', { name, value: toChoiceText(value) }),
    );
    // A list where the tool is whole, its places where a part differs.
    const { hiddenParameters = [] } = tool;
    const hidden = (Array.isArray(hiddenParameters) ? hiddenParameters : Object.values(asObject(hiddenParameters))).map(
      (name) => t('changes.hidden', { name: toChoiceText(name) }),
    );
    return [
      ...(approval === undefined ? [] : [line('tools.approval', t(`tools.approvals.${approval}`))]),
      ...(use === undefined ? [] : [line('tools.use', t(`tools.uses.${use}`))]),
      ...words,
      ...fixed,
      ...hidden,
    ].join('\n');
  };
}
