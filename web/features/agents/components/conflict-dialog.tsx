import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { diffDefinitions } from '#server/contract/diff-definitions.ts';
import type { Agent } from '#server/contract/agent.ts';
import type { Draft } from '#web/features/agents/use-draft.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { ChangeList } from './change-list.tsx';

/** Two people, or two tabs, changed the draft: shows how they differ and lets a person choose; nothing is lost before. */
export function ConflictDialog({ draft }: { draft: Draft }) {
  const { t } = useTranslation('agents');
  const [isBusy, setIsBusy] = useState(false);
  const [putOff, setPutOff] = useState<Agent | null>(null);
  const { saveState, form, adopt, keepMine } = draft;
  if (saveState.kind !== 'conflict') return null;
  const { theirs } = saveState;
  const choose = async (choice: () => Promise<void>) => {
    setIsBusy(true);
    await choice();
    setIsBusy(false);
  };
  if (putOff === theirs) {
    return (
      <Notice
        tone="danger"
        title={t('conflict.title')}
        actions={
          <Button size="small" onClick={() => setPutOff(null)}>
            {t('conflict.decide')}
          </Button>
        }
      >
        {t('conflict.waiting')}
      </Notice>
    );
  }
  return (
    <Dialog
      open
      sticky
      onOpenChange={() => setPutOff(theirs)}
      size="large"
      title={t('conflict.title')}
      description={t('conflict.explanation')}
      footer={
        <>
          <Button busy={isBusy} onClick={() => void choose(() => adopt(theirs))}>
            {t('conflict.loadTheirs')}
          </Button>
          <Button variant="danger" busy={isBusy} onClick={() => void choose(() => keepMine(theirs))}>
            {t('conflict.keepMine')}
          </Button>
        </>
      }
    >
      <p className="mb-3 flex flex-wrap gap-x-4 text-sm">
        <span className="text-danger">− {t('conflict.theirs')}</span>
        <span className="text-success">+ {t('conflict.mine')}</span>
      </p>
      <ChangeList
        changes={diffDefinitions(theirs.definition, form.getValues())}
        beforeLabel={t('conflict.theirs')}
        afterLabel={t('conflict.mine')}
      />
    </Dialog>
  );
}
