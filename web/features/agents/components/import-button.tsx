import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useNavigate } from 'react-router';
import { agentKeys } from '#web/features/agents/api/agent-queries.ts';
import { importAgent } from '#web/features/agents/api/import-agent.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { showToast } from '#web/ui/toast-store.ts';

/** Takes in an agent package; what is wrong with one is named, all of it. */
export function ImportButton({ editPath }: { editPath: (agent: string) => string }) {
  const { t } = useTranslation('agents');
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const picker = useRef<HTMLInputElement>(null);
  const load = useMutation({
    mutationFn: importAgent,
    onSuccess: async (agent) => {
      await queryClient.invalidateQueries({ queryKey: agentKeys.lists });
      showToast({ title: t('import.done', { name: agent.name }), tone: 'success' });
      await navigate(editPath(agent.id));
    },
  });
  return (
    <>
      <input
        ref={picker}
        type="file"
        accept=".zip,application/zip"
        hidden
        aria-label={t('import.file')}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) load.mutate(file);
          event.target.value = '';
        }}
      />
      <Button icon={<Upload aria-hidden />} busy={load.isPending} onClick={() => picker.current?.click()}>
        {t('import.button')}
      </Button>
      <Dialog
        open={load.isError}
        onOpenChange={() => load.reset()}
        title={t('import.failed')}
        description={t('import.failedText')}
      >
        <ErrorPanel error={load.error} />
      </Dialog>
    </>
  );
}
