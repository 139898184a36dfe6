import { useQuery } from '@tanstack/react-query';
import { Pause, Play, Square, Volume2 } from 'lucide-react';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { speechModelsQuery } from '#web/features/speech/api/speech-requests.ts';
import {
  canBrowserSpeak,
  currentReading,
  findVoicesEarly,
  pauseReading,
  readAloud,
  resumeReading,
  stopReading,
  watchReading,
} from '#web/features/speech/read-aloud.ts';
import { VoiceError } from '#web/features/speech/voices.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { IconButton } from '#web/ui/icon-button.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { showToast } from '#web/ui/toast-store.ts';

/** Reads an answer aloud, with stop and pause while it does; absent where nothing can. */
export function ReadAloudButton({ id, text }: { id: string; text: string }) {
  const { t, language } = useTranslation('speech');
  const models = useQuery(speechModelsQuery);
  const reading = useSyncExternalStore(watchReading, currentReading);
  const main = useRef<HTMLButtonElement>(null);
  const isPauseFocused = useRef(false);
  const isRead = reading?.id === id;
  useEffect(findVoicesEarly, []);
  useEffect(
    () => () => {
      if (currentReading()?.id === id) stopReading();
    },
    [id],
  );
  useEffect(() => {
    if (isRead || !isPauseFocused.current) return;
    isPauseFocused.current = false;
    main.current?.focus();
  }, [isRead]);
  const byModel = (models.data?.speech ?? null) !== null;
  if (models.isPending || (!byModel && !canBrowserSpeak())) return null;
  const tell = (failure: unknown) => {
    if (failure instanceof VoiceError)
      showToast({ title: t('read.failed'), detail: t('read.failedText'), tone: 'danger' });
    else showProblemToast(failure);
  };
  const isPaused = isRead && reading.state === 'paused';
  return (
    <span role="group" aria-label={t('read.begin')} {...(isRead && { 'data-state': 'open' })} className="flex gap-1">
      {/* One button begins and stops, so that the focus stays where it is. */}
      <IconButton
        ref={main}
        label={t(isRead ? 'read.stop' : 'read.begin')}
        icon={isRead ? <Square /> : <Volume2 />}
        size="small"
        onClick={isRead ? stopReading : () => void readAloud({ id, text, pageLanguage: language, byModel }).catch(tell)}
      />
      {isRead && (
        <IconButton
          label={t(isPaused ? 'read.resume' : 'read.pause')}
          icon={isPaused ? <Play /> : <Pause />}
          size="small"
          disabled={reading.state === 'loading'}
          onClick={isPaused ? resumeReading : pauseReading}
          onFocus={() => (isPauseFocused.current = true)}
          onBlur={() => (isPauseFocused.current = false)}
        />
      )}
    </span>
  );
}
