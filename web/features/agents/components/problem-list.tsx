import { useFormContext, useWatch } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { Agent } from '#server/contract/agent.ts';
import { type DraftProblem, listDraftProblems, listPublishProblems } from '#web/features/agents/draft-problems.ts';
import { jumpToField } from '#web/features/agents/jump-to-field.ts';
import { useLocalized } from '#web/lib/use-localized.ts';
import { useOwnWords } from '#web/lib/use-own-words.ts';
import { Notice } from '#web/ui/notice.tsx';

/** Everything that the hub would refuse to store, and to publish, each with the way to its place. */
export function ProblemList({ stored }: { stored: Agent }) {
  const { t } = useTranslation('agents');
  const form = useFormContext<AgentDefinition>();
  const draft = useWatch<AgentDefinition>({ control: form.control });
  const refused = listDraftProblems(draft, t);
  useOwnWords(refused.length > 0);
  const kept = listPublishProblems(stored, useLocalized());
  return (
    <>
      {refused.length > 0 && (
        <Notice tone="warning" title={t('problems.title', { count: refused.length })}>
          <Problems problems={refused} />
        </Notice>
      )}
      {kept.length > 0 && (
        <Notice tone="warning" title={t('problems.kept', { count: kept.length })}>
          <Problems problems={kept} />
        </Notice>
      )}
    </>
  );
}

function Problems({ problems }: { problems: DraftProblem[] }) {
  const { t } = useTranslation('agents');
  const form = useFormContext<AgentDefinition>();
  return (
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
  );
}
