import { useFormContext, useWatch } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import { listDraftProblems } from '#web/features/agents/draft-problems.ts';
import { jumpToField } from '#web/features/agents/jump-to-field.ts';
import { Notice } from '#web/ui/notice.tsx';

/** Everything that the hub would refuse, each with the way to its place. */
export function ProblemList() {
  const { t } = useTranslation('agents');
  const form = useFormContext<AgentDefinition>();
  const draft = useWatch<AgentDefinition>({ control: form.control });
  const problems = listDraftProblems(draft, t);
  if (problems.length === 0) return null;
  return (
    <Notice tone="warning" title={t('problems.title', { count: problems.length })}>
      <ul className="grid gap-1">
        {problems.map((problem) => (
          <li key={`${problem.path} ${problem.message}`}>
            <button type="button" className="text-link text-left" onClick={() => jumpToField(form, problem)}>
              {t(`section.${problem.section}`)}
            </button>{' '}
            {problem.message} <code className="font-mono text-xs">{problem.path}</code>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
