import { KeyRound, Plus, SquareTerminal } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ToolsetPreset } from '#server/contract/toolset.ts';
import { useLocalized } from '#web/lib/use-localized.ts';
import { Badge } from '#web/ui/badge.tsx';

type PresetCardsProps = {
  presets: readonly ToolsetPreset[];
  onChoose: (preset: ToolsetPreset) => void;
  /** Offers a server that is not among them. */
  onOther?: () => void;
};

const look =
  'grid h-full w-full min-w-0 content-start gap-1 rounded-md border border-line bg-surface p-4 text-left shadow-low hover:border-accent';

/** Known services, each a press away from being connected. */
export function PresetCards({ presets, onChoose, onOther }: PresetCardsProps) {
  const { t } = useTranslation('toolsets');
  const localize = useLocalized();
  return (
    <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
      {onOther && (
        <li>
          <button type="button" className={look} onClick={onOther}>
            <span className="flex items-center gap-2 font-medium">
              <Plus aria-hidden className="size-4 shrink-0 text-accent" />
              {t('connect.other')}
            </span>
            <span className="text-sm text-ink-soft">{t('connect.otherText')}</span>
          </button>
        </li>
      )}
      {presets.map((preset) => (
        <li key={preset.id}>
          <button type="button" className={look} onClick={() => onChoose(preset)}>
            <span className="flex flex-wrap items-center justify-between gap-2">
              <span className="font-medium wrap-anywhere">{preset.name}</span>
              <Need preset={preset} />
            </span>
            <span className="text-sm text-ink-soft">{localize(preset.description)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Need({ preset: { command, credential } }: { preset: ToolsetPreset }) {
  const { t } = useTranslation('toolsets');
  if (command !== null) {
    return (
      <Badge>
        <SquareTerminal aria-hidden className="size-3.5" />
        {t('preset.command')}
      </Badge>
    );
  }
  if (credential.kind === 'none') return <Badge tone="success">{t('preset.open')}</Badge>;
  return (
    <Badge>
      <KeyRound aria-hidden className="size-3.5" />
      {t(credential.kind === 'authorization-code' ? 'preset.signIn' : 'preset.key')}
    </Badge>
  );
}
