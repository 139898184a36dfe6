import { ArrowUp, Square } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { IconButton } from '#web/ui/icon-button.tsx';

type SendButtonProps = { isRunning: boolean; canSend: boolean; onStop: () => Promise<void> };

/** Sends what was written; while an answer is under way, stops it. */
export function SendButton({ isRunning, canSend, onStop }: SendButtonProps) {
  const { t } = useTranslation('conversations');
  const [isStopping, setIsStopping] = useState(false);
  const stop = () => {
    setIsStopping(true);
    void onStop().finally(() => setIsStopping(false));
  };
  return isRunning ? (
    <IconButton label={t('composer.stop')} icon={<Square />} variant="secondary" disabled={isStopping} onClick={stop} />
  ) : (
    <IconButton label={t('composer.send')} icon={<ArrowUp />} variant="primary" type="submit" disabled={!canSend} />
  );
}
