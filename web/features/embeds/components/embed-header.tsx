import { RotateCcw, X } from 'lucide-react';
import type { EmbedOpening } from '#server/contract/embed.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { IconButton } from '#web/ui/icon-button.tsx';
import { Portrait } from '#web/ui/portrait.tsx';

type EmbedHeaderProps = {
  opening: EmbedOpening | null;
  onClose: (() => void) | null;
  /** Null where nothing was said. */
  onStartOver: (() => void) | null;
};

const toPicture = ({ handle, avatar }: EmbedOpening['agent']) =>
  avatar.kind === 'drawn'
    ? avatar
    : { kind: 'image' as const, address: `/api/embeds/${encodeURIComponent(handle)}/portrait` };

/** Who answers here. */
export function EmbedHeader({ opening, onClose, onStartOver }: EmbedHeaderProps) {
  const { t } = useTranslation('embeds');
  const color = opening?.color ?? (opening?.agent.avatar.kind === 'drawn' ? opening.agent.avatar.color : undefined);
  return (
    <header
      className="flex min-h-14 items-center gap-3 border-t-4 border-b border-line bg-surface px-3 py-1.5"
      style={{ borderTopColor: color }}
    >
      {opening && (
        <>
          <Portrait picture={toPicture(opening.agent)} size="sm" />
          <div className="grid min-w-0 flex-1">
            <h1 className="truncate font-display text-base">{opening.agent.name}</h1>
            {opening.agent.tagline !== '' && <p className="truncate text-xs text-ink-soft">{opening.agent.tagline}</p>}
          </div>
        </>
      )}
      <span className="ml-auto flex">
        {onStartOver && (
          <IconButton label={t('chat.startOver')} icon={<RotateCcw />} tooltip={false} onClick={onStartOver} />
        )}
        {onClose && <IconButton label={t('common:action.close')} icon={<X />} tooltip={false} onClick={onClose} />}
      </span>
    </header>
  );
}
