import { useQuery } from '@tanstack/react-query';
import { LoaderCircle, Mic, Square } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { speechModelsQuery } from '#web/features/speech/api/speech-requests.ts';
import { listenByHub, listenInBrowser, type Listening, MicrophoneError } from '#web/features/speech/listen.ts';
import { canRecord, findRecognition } from '#web/features/speech/recognition.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { IconButton } from '#web/ui/icon-button.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { showToast } from '#web/ui/toast-store.ts';

type DictateButtonProps = {
  /** What stands in the field; what is said is added to it. */
  text: string;
  onText: (text: string) => void;
  disabled: boolean;
};

/** Writes what a person says into a field, and sends nothing; absent where nothing can listen. */
export function DictateButton({ text, onText, disabled }: DictateButtonProps) {
  const { t, language } = useTranslation('speech');
  const models = useQuery(speechModelsQuery);
  const [state, setState] = useState<'idle' | 'asking' | 'listening' | 'writing'>('idle');
  const listening = useRef<Listening | null>(null);
  /** What the field holds as far as this button knows; anything else was typed, or sent. */
  const written = useRef(text);
  const byHub = (models.data?.transcription ?? null) !== null && canRecord();

  useEffect(() => () => listening.current?.cancel(), []);
  useEffect(() => {
    // A recording may be added to what was typed meanwhile; what was sent takes it along, as it does what was recognised.
    if (text !== written.current && (!byHub || text === '')) listening.current?.cancel();
    written.current = text;
  }, [text, byHub]);

  if (models.isPending || (!byHub && findRecognition() === null)) return null;

  const begin = () => {
    const before = text;
    let isCalledOff = false;
    const events = {
      onText: (said: string) => {
        if (isCalledOff) return;
        written.current = join(byHub ? written.current : before, said);
        onText(written.current);
      },
      onState: setState,
      onEnd: (failure?: unknown) => {
        listening.current = null;
        setState('idle');
        if (failure instanceof MicrophoneError)
          showToast({ title: t(`dictate.${failure.kind}`), detail: t(`dictate.${failure.kind}Text`), tone: 'danger' });
        else if (failure !== undefined) showProblemToast(failure);
      },
    };
    setState('asking');
    const begun = byHub ? listenByHub(events) : listenInBrowser(language, events);
    listening.current = {
      finish: begun.finish,
      cancel: () => {
        isCalledOff = true;
        begun.cancel();
      },
    };
  };
  if (state === 'idle')
    return <IconButton label={t('dictate.begin')} icon={<Mic />} disabled={disabled} onClick={begin} />;
  const isWriting = state === 'writing';
  return (
    <>
      <span role="status" className="sr-only">
        {t(isWriting ? 'dictate.writing' : 'dictate.listening')}
      </span>
      <IconButton
        label={t(isWriting ? 'dictate.cancel' : 'dictate.end')}
        icon={
          isWriting ? (
            <LoaderCircle className="motion-safe:animate-spin" />
          ) : (
            <Square className="fill-danger text-danger" />
          )
        }
        variant="secondary"
        onClick={() => (isWriting ? listening.current?.cancel() : listening.current?.finish())}
      />
    </>
  );
}

const join = (before: string, said: string) =>
  before === '' || /\s$/.test(before) ? before + said.trimStart() : `${before} ${said.trimStart()}`;
