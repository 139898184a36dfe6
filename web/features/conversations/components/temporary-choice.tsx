import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { classNames } from '#web/lib/class-names.ts';
import { SwitchField } from '#web/ui/switch-field.tsx';

/** Whether the conversation that begins with the next message is temporary; once it has begun, what that means. */
export default function TemporaryChoice({
  isOn,
  hasBegun,
  onChange,
}: {
  isOn: boolean;
  hasBegun: boolean;
  onChange: (isOn: boolean) => void;
}) {
  const { t } = useTranslation('conversations');
  if (hasBegun) return <p className="text-xs text-ink-soft">{t('temporary.notice')}</p>;
  return (
    <SwitchField
      label={t('temporary.label')}
      hint={isOn ? t('temporary.notice') : undefined}
      className={classNames('w-fit', !isOn && 'items-center')}
      data-commands
      checked={isOn}
      onChange={(event) => onChange(event.target.checked)}
    />
  );
}
