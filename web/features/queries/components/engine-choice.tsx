import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import type { DuneAccess, SqlEngineName } from '#server/contract/sql-engine.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { SegmentedChoice } from '#web/ui/segmented-choice.tsx';

const DuneKeyDialog = lazyDialog(async () => (await import('./dune-key-dialog.tsx')).DuneKeyDialog);

type EngineChoiceProps = {
  engine: SqlEngineName;
  /** Undefined until it is known. */
  access: DuneAccess | undefined;
  onChange: (engine: SqlEngineName) => void;
};

/** What runs the SQL, where there is a choice, and the way to have one. */
export function EngineChoice({ engine, access, onChange }: EngineChoiceProps) {
  const { t } = useTranslation('queries');
  const [isOpen, setOpen] = useState(false);
  const hasChoice = access?.isConnected === true || engine === 'dune';
  return (
    <div className="grid gap-1 sm:ml-auto">
      <div className="flex min-h-9 flex-wrap items-center gap-2 sm:justify-end">
        {hasChoice && (
          <SegmentedChoice
            label={t('engine.label')}
            value={engine}
            onChange={onChange}
            options={[
              { value: 'duckdb', label: t('engine.duckdb') },
              { value: 'dune', label: t('engine.dune') },
            ]}
          />
        )}
        <Button size="small" variant="quiet" icon={<KeyRound aria-hidden />} onClick={() => setOpen(true)}>
          {t(access?.isConnected === true ? 'engine.key' : 'engine.connect')}
        </Button>
      </div>
      {engine === 'dune' && <p className="text-xs text-ink-soft sm:text-right">{t('engine.duneHint')}</p>}
      <DuneKeyDialog access={access} open={isOpen} onOpenChange={setOpen} />
    </div>
  );
}
