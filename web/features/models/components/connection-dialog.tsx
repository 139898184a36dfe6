import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Connection } from '#server/contract/model.ts';
import { type ConnectionPreset, connectionPresets, otherPreset } from '#web/features/models/connection-presets.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { ConnectionForm } from './connection-form.tsx';

type ConnectionDialogProps = {
  /** Null makes a new one. */
  connection: Connection | null;
  /** The person's own; else the hub's. */
  personal: boolean;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onSaved: () => unknown;
};

/** Adds a connection, starting from a usual place, or changes a stored one. */
export function ConnectionDialog({ connection, personal, open, onOpenChange, onSaved }: ConnectionDialogProps) {
  const { t } = useTranslation('models');
  const [preset, setPreset] = useState<ConnectionPreset | null>(null);

  const change = (next: boolean) => {
    if (!next) setPreset(null);
    onOpenChange(next);
  };
  const onDone = () => {
    onSaved();
    change(false);
  };
  const chosen = connection ? toPreset(connection) : preset;

  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={connection ? t('form.editTitle', { name: connection.name }) : t('form.addTitle')}
      description={chosen ? undefined : t('form.addText')}
    >
      {chosen ? (
        <ConnectionForm
          key={chosen.id}
          preset={chosen}
          connection={connection}
          personal={personal}
          onDone={onDone}
          onBack={connection ? undefined : () => setPreset(null)}
        />
      ) : (
        <PresetChoice withLocal={!personal} onChoose={setPreset} />
      )}
    </Dialog>
  );
}

function toPreset(connection: Connection): ConnectionPreset {
  const { id, name, provider, baseUrl, hasKey } = connection;
  return { id, name, provider, baseUrl, hasOwnAddress: false, needsKey: hasKey, isLocal: false };
}

type PresetChoiceProps = { withLocal: boolean; onChoose: (preset: ConnectionPreset) => void };

function PresetChoice({ withLocal, onChoose }: PresetChoiceProps) {
  const { t } = useTranslation('models');
  const presets = connectionPresets.filter(({ isLocal }) => withLocal || !isLocal);
  return (
    <ul className="grid gap-2 sm:grid-cols-2">
      {[...presets, otherPreset].map((preset) => (
        <li key={preset.id}>
          <Button
            className="h-auto! w-full justify-between! py-3 text-left whitespace-normal!"
            onClick={() => onChoose(preset)}
          >
            <span className="grid min-w-0">
              {preset.name === '' ? t('form.other') : preset.name}
              <span className="truncate text-xs font-normal text-ink-faint">
                {preset.baseUrl || t(preset.hasOwnAddress ? 'form.ownAddress' : 'form.anyAddress')}
              </span>
            </span>
            {preset.isLocal && <Badge>{t('form.local')}</Badge>}
          </Button>
        </li>
      ))}
    </ul>
  );
}
