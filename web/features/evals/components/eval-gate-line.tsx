import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { EvalGate } from '#server/contract/eval.ts';
import { evalsKey, setTestsRequired } from '#web/features/evals/api/eval-requests.ts';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { SwitchField } from '#web/ui/switch-field.tsx';

/** Whether publishing waits for the tests, and how they stand on this very draft. */
export function EvalGateLine({ agent, gate }: { agent: string; gate: EvalGate }) {
  const { t } = useTranslation('evals');
  const cache = useQueryClient();
  const change = useMutation({
    mutationFn: (required: boolean) => setTestsRequired(agent, required),
    onError: showProblemToast,
    onSettled: () => cache.invalidateQueries({ queryKey: evalsKey(agent) }),
  });
  const required = change.isPending ? change.variables : gate.required;
  return (
    <SwitchField
      label={t('gate.label')}
      hint={t(`gate.${gate.state}`)}
      checked={required}
      onChange={({ target }) => change.mutate(target.checked)}
    />
  );
}
