import { Paperclip } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { IconButton } from '#web/ui/icon-button.tsx';

/** Opens the device's own choice of files. */
export function AttachButton({ disabled, onFiles }: { disabled: boolean; onFiles: (files: Iterable<File>) => void }) {
  const { t } = useTranslation('conversations');
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label={t('composer.files')}
        onChange={(event) => {
          onFiles(event.target.files ?? []);
          event.target.value = '';
        }}
      />
      <IconButton
        label={t('composer.attach')}
        icon={<Paperclip />}
        disabled={disabled}
        onClick={() => picker.current?.click()}
      />
    </>
  );
}
