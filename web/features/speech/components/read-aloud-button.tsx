import { useQuery } from '@tanstack/react-query';
import { Pause, Play, Square, Volume2 } from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';
import { speechModelsQuery } from '#web/features/speech/api/speech-requests.ts';
import {
  canBrowserSpeak,
  currentReading,
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

/** Reads an answer aloud, with pause and stop while it does; absent where nothing can. */
export function ReadAloudButton({ id, text }: { id: string; text: string }) {
  const { t, language } = useTranslation('speech');
  const models = useQuery(speechModelsQuery);
  const reading = useSyncExternalStore(watchReading, currentReading);
  useEffect(
    () => () => {
      if (currentReading()?.id === id) stopReading();
    },
    [id],
  );
  const byModel = (models.data?.speech ?? null) !== null;
  if (models.isPending || (!byModel && !canBrowserSpeak())) return null;
  const tell = (failure: unknown) => {
    if (failure instanceof VoiceError)
      showToast({ title: t('read.failed'), detail: t('read.failedText'), tone: 'danger' });
    else showProblemToast(failure);
  };
  if (reading?.id !== id) {
    return (
      <IconButton
        label={t('read.begin')}
        icon={<Volume2 />}
        size="small"
        onClick={() => void readAloud({ id, text, pageLanguage: language, byModel }).catch(tell)}
      />
    );
  }
  const isPaused = reading.state === 'paused';
  return (
    <span role="group" aria-label={t('read.begin')} data-state="open" className="flex items-center gap-1">
      <IconButton
        label={t(isPaused ? 'read.resume' : 'read.pause')}
        icon={isPaused ? <Play /> : <Pause />}
        size="small"
        disabled={reading.state === 'loading'}
        onClick={isPaused ? resumeReading : pauseReading}
      />
      <IconButton label={t('read.stop')} icon={<Square />} size="small" onClick={stopReading} />
    </span>
  );
}
