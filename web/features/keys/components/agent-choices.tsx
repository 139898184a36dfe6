import { useQuery } from '@tanstack/react-query';
import type { UseFormRegisterReturn } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { toShownName } from '#server/contract/agent-translation.ts';
import { agentChoicesQuery } from '#web/features/keys/api/agent-choices.ts';
import { CheckboxField } from '#web/ui/checkbox-field.tsx';
import { FieldGroup } from '#web/ui/field-group.tsx';
import { ScrollRegion } from '#web/ui/scroll-region.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';

type AgentChoicesProps = { register: UseFormRegisterReturn; error: string | undefined };

/** Binds a key to some agents; none chosen means all. */
export function AgentChoices({ register, error }: AgentChoicesProps) {
  const { t, language } = useTranslation('keys');
  const { data: agents, isError } = useQuery(agentChoicesQuery);
  if (isError || agents?.length === 0) return null;
  return (
    <FieldGroup label={t('field.agents')} hint={t('field.agentsHint')} error={error}>
      {agents ? (
        <ScrollRegion
          label={t('field.agents')}
          className="grid max-h-48 gap-3 rounded-md border border-line bg-surface p-3"
        >
          {agents.map((agent) => (
            <CheckboxField
              key={agent.id}
              label={toShownName(agent, language)}
              hint={agent.handle}
              value={agent.handle}
              {...register}
            />
          ))}
        </ScrollRegion>
      ) : (
        <SkeletonList rows={2} rowClassName="h-8" />
      )}
    </FieldGroup>
  );
}
