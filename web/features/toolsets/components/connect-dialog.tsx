import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ToolsetPreset, ToolsetWithTools } from '#server/contract/toolset.ts';
import { presetListQuery } from '#web/features/toolsets/api/toolset-requests.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { ConnectForm } from './connect-form.tsx';
import { PresetCards } from './preset-cards.tsx';

type ConnectDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The one that was chosen already. */
  preset: ToolsetPreset | null;
  returnPath: string;
  onDone: (toolset: ToolsetWithTools) => void;
};

/** Makes a toolset from an MCP server: a known one, any other by its address, or a command that the operator allows. */
export function ConnectDialog({ open, onOpenChange, preset, returnPath, onDone }: ConnectDialogProps) {
  const { t } = useTranslation('toolsets');
  const [choice, setChoice] = useState<ToolsetPreset | 'other' | null>(preset);
  const presets = useQuery(presetListQuery);
  const servers = presets.data?.items.filter(({ kind }) => kind === 'mcp') ?? [];
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={choice === null || choice === 'other' ? t('connect.title') : t('connect.titleOf', { name: choice.name })}
      description={choice === null ? t('connect.choose') : t('connect.text')}
      size={choice === null ? 'large' : 'medium'}
    >
      {choice === null ? (
        <div className="grid gap-4">
          {presets.isError && <ErrorPanel error={presets.error} onRetry={presets.refetch} />}
          <PresetCards presets={servers} onChoose={setChoice} onOther={() => setChoice('other')} />
        </div>
      ) : (
        <ConnectForm
          preset={choice === 'other' ? null : choice}
          returnPath={returnPath}
          onDone={onDone}
          onBack={() => setChoice(null)}
        />
      )}
    </Dialog>
  );
}
