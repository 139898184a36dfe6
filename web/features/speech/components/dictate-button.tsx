import { useQueryClient } from '@tanstack/react-query';
import { LoaderCircle, Mic, Square } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Dictation } from '#web/features/speech/dictate.ts';
import { canRecord, findRecognition } from '#web/features/speech/recognition.ts';
import { translate } from '#web/lib/i18n/texts.ts';
import { whenTouched } from '#web/lib/when-touched.ts';
import { IconButton } from '#web/ui/icon-button.tsx';

type DictateButtonProps = {
  /** Its name while nobody speaks; all its other words come with what listens. */
  label: string;
  /** What stands in the field; what is said is added to it. */
  text: string;
  onText: (text: string) => void;
  disabled: boolean;
};

const loadDictation = () => import('#web/features/speech/dictate.ts');

/**
 * Writes what a person says into a field, and sends nothing; absent where a browser can neither recognise nor record.
 *
 * It stands there from the first view on: a finger's first tap is often its.
 */
export function DictateButton({ label, text, onText, disabled }: DictateButtonProps) {
  const cache = useQueryClient();
  const [state, setState] = useState<'idle' | 'asking' | 'listening' | 'writing'>('idle');
  const dictation = useRef<Dictation | null>(null);
  const isLeft = useRef(false);

  useEffect(() => whenTouched(() => void loadDictation().catch(() => undefined)), []);
  useEffect(() => {
    isLeft.current = false;
    return () => {
      isLeft.current = true;
      dictation.current?.cancel();
    };
  }, []);
  useEffect(() => dictation.current?.see(text), [text]);

  if (typeof window !== 'undefined' && !canRecord() && findRecognition() === null) return null;

  const press = async () => {
    if (state === 'listening') dictation.current?.finish();
    else if (state !== 'idle') dictation.current?.cancel();
    else {
      setState('asking');
      try {
        const { beginDictation } = await loadDictation();
        if (!isLeft.current) dictation.current = beginDictation({ cache, text, onText, onState: setState });
      } catch {
        setState('idle');
      }
    }
  };
  const isHeard = state === 'listening' || state === 'writing';
  return (
    <>
      <span role="status" className="sr-only">
        {isHeard && translate(`speech:dictate.${state}`)}
      </span>
      <IconButton
        label={isHeard ? translate(`speech:dictate.${state === 'writing' ? 'cancel' : 'end'}`) : label}
        icon={
          state === 'idle' ? (
            <Mic />
          ) : state === 'listening' ? (
            <Square className="fill-danger text-danger" />
          ) : (
            <LoaderCircle className="motion-safe:animate-spin" />
          )
        }
        variant={isHeard ? 'secondary' : 'quiet'}
        disabled={disabled}
        onClick={() => void press()}
      />
    </>
  );
}
