import { avatarColors } from '#server/contract/avatar-colors.ts';
import { PortraitStyle } from '#server/contract/portrait.ts';
import type { DrawnAvatar } from '#web/features/agents/draw-avatar.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Portrait } from '#web/ui/portrait.tsx';

const choice = 'border-2 border-surface outline-1 outline-transparent aria-pressed:outline-2 aria-pressed:outline-ink';

/** How a drawn picture looks: its style, each shown as this agent would have it, and its colour. */
export function AvatarLook({ avatar, onChange }: { avatar: DrawnAvatar; onChange: (avatar: DrawnAvatar) => void }) {
  const { t } = useTranslation('agents');
  return (
    <>
      <div role="group" aria-label={t('avatar.style')} className="flex flex-wrap gap-1">
        {PortraitStyle.options.map((style) => (
          <button
            key={style}
            type="button"
            aria-label={t(`avatar.styles.${style}`)}
            aria-pressed={style === avatar.style}
            onClick={() => onChange({ ...avatar, style })}
            className={`rounded-lg ${choice}`}
          >
            <Portrait picture={{ ...avatar, style }} size="sm" />
          </button>
        ))}
      </div>
      <div role="group" aria-label={t('avatar.color')} className="flex flex-wrap gap-1">
        {avatarColors.map((color) => (
          <button
            key={color}
            type="button"
            aria-label={t('avatar.colorOne', { color })}
            aria-pressed={color === avatar.color}
            onClick={() => onChange({ ...avatar, color })}
            style={{ background: color }}
            className={`size-8 rounded-full ${choice}`}
          />
        ))}
        <input
          type="color"
          aria-label={t('avatar.colorOwn')}
          value={avatar.color}
          onChange={(event) => onChange({ ...avatar, color: event.target.value })}
          className="size-8 cursor-pointer rounded-full bg-transparent"
        />
      </div>
    </>
  );
}
