import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useNavigate } from 'react-router';
import type { Agent } from '#server/contract/agent.ts';
import { agentKeys } from '#web/features/agents/api/agent-queries.ts';
import { importAgent } from '#web/features/agents/api/import-agent.ts';
import { modelListQuery } from '#web/features/agents/api/model-list-query.ts';
import { findMissingParts } from '#web/features/agents/find-missing-parts.ts';
import { toolListQuery } from '#web/lib/tool-list-query.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog, lazyDialog } from '#web/ui/dialog.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { showToast } from '#web/ui/toast-store.ts';
import type { Lacking } from './missing-parts-dialog.tsx';

const MissingPartsDialog = lazyDialog(async () => (await import('./missing-parts-dialog.tsx')).MissingPartsDialog);

/** Takes in an agent package; what is wrong with one is named, all of it, and so is what this hub lacks for it. */
export function ImportButton({ editPath }: { editPath: (agent: string) => string }) {
  const { t } = useTranslation('agents');
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const picker = useRef<HTMLInputElement>(null);
  const [lacking, setLacking] = useState<Lacking | null>(null);
  const goOn = async (agent: Agent) => {
    setLacking(null);
    showToast({ title: t('import.done', { name: agent.name }), tone: 'success' });
    await navigate(editPath(agent.id));
  };
  const load = useMutation({
    mutationFn: importAgent,
    onSuccess: async (agent) => {
      await queryClient.invalidateQueries({ queryKey: agentKeys.lists });
      const found = await findLacking(queryClient, agent);
      if (found === null) await goOn(agent);
      else setLacking(found);
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
      <MissingPartsDialog open={lacking !== null} lacking={lacking} onDone={(agent) => void goOn(agent)} />
    </>
  );
}

/** Null where nothing is missing, or where that cannot be known now: the builder marks it too. */
async function findLacking(queryClient: QueryClient, agent: Agent): Promise<Lacking | null> {
  try {
    const [models, tools] = await Promise.all([
      queryClient.fetchQuery(modelListQuery),
      queryClient.fetchQuery(toolListQuery),
    ]);
    const missing = findMissingParts(agent.definition, models, tools.items);
    return missing.models.length + missing.tools.length === 0 ? null : { agent, models, missing };
  } catch {
    return null;
  }
}
