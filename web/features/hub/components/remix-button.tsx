import { useMutation, useQueryClient } from '@tanstack/react-query';
import { GitFork } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useNavigate } from 'react-router';
import type { HubAgentDetail } from '#server/contract/hub.ts';
import { hubKeys, remixAgent } from '#web/features/hub/api/hub-requests.ts';
import { Button } from '#web/ui/button.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { showToast } from '#web/ui/toast-store.ts';

/** Makes a copy of one's own and opens it. */
export function RemixButton({ agent, toEdit }: { agent: HubAgentDetail; toEdit: (agent: string) => string }) {
  const { t } = useTranslation('hub');
  const navigate = useNavigate();
  const cache = useQueryClient();
  const remix = useMutation({
    mutationFn: () => remixAgent(agent.id),
    onSuccess: async (copy) => {
      void cache.invalidateQueries({ queryKey: ['agents'] });
      void cache.invalidateQueries({ queryKey: hubKeys.all });
      showToast({ title: t('remix.done', { name: copy.name }), tone: 'success' });
      await navigate(toEdit(copy.id));
    },
    onError: showProblemToast,
  });
  return (
    <Button icon={<GitFork aria-hidden />} busy={remix.isPending} onClick={() => remix.mutate()}>
      {t('remix.button')}
    </Button>
  );
}
