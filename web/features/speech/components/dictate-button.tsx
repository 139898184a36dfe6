import { useQueryClient } from '@tanstack/react-query';
import { LoaderCircle, Mic, Square } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Dictation } from '#web/features/speech/dictate.ts';
import { canRecord, findRecognition } from '#web/features/speech/recognition.ts';
import { useLanguage } from '#web/lib/i18n/use-translation.ts';
import { translationOf } from '#web/lib/i18n/texts.ts';
import { whenTouched } from '#web/lib/when-touched.ts';
import { IconButton } from '#web/ui/icon-button.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';

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
  const language = useLanguage();
  const cache = useQueryClient();
  const [state, setState] = useState<'idle' | 'asking' | 'listening' | 'writing'>('idle');
  const dictation = useRef<Dictation | null>(null);
  /** What the field holds as far as this button knows; anything else was typed, or sent. */
  const written = useRef(text);

  useEffect(() => whenTouched(() => void loadDictation().catch(() => undefined)), []);
  useEffect(() => () => dictation.current?.cancel(), []);
  useEffect(() => {
    // A recording may be added to what was typed meanwhile; what was sent takes it along, as it does what was recognised.
    if (text !== written.current && (dictation.current?.how !== 'recording' || text === ''))
      dictation.current?.cancel();
    written.current = text;
  }, [text]);

  if (typeof window !== 'undefined' && !canRecord() && findRecognition() === null) return null;

  const begin = async () => {
    const before = text;
    setState('asking');
    const controller = new AbortController();
    const call: Dictation = { how: 'unknown', finish: () => controller.abort(), cancel: () => controller.abort() };
    dictation.current = call;
    const isOn = () => !controller.signal.aborted;
    const leave = () => {
      if (dictation.current !== call) return;
      dictation.current = null;
      setState('idle');
    };
    controller.signal.addEventListener('abort', leave);
    try {
      const { dictate } = await loadDictation();
      await dictate(call, {
        cache,
        language,
        signal: controller.signal,
        onText: (said) => {
          if (!isOn()) return;
          written.current = join(call.how === 'recording' ? written.current : before, said);
          onText(written.current);
        },
        onState: (next) => isOn() && setState(next),
      });
    } catch (error) {
      if (isOn()) showProblemToast(error);
    } finally {
      leave();
    }
  };

  const t = translationOf(language, 'speech');
  const press = {
    idle: () => void begin(),
    asking: () => dictation.current?.cancel(),
    listening: () => dictation.current?.finish(),
    writing: () => dictation.current?.cancel(),
  };
  const isHeard = state === 'listening' || state === 'writing';
  const names = { idle: label, asking: label, listening: t('dictate.end'), writing: t('dictate.cancel') };
  const icons = {
    idle: <Mic />,
    asking: <LoaderCircle className="motion-safe:animate-spin" />,
    listening: <Square className="fill-danger text-danger" />,
    writing: <LoaderCircle className="motion-safe:animate-spin" />,
  };
  return (
    <>
      <span role="status" className="sr-only">
        {isHeard && t(`dictate.${state}`)}
      </span>
      <IconButton
        label={names[state]}
        icon={icons[state]}
        variant={isHeard ? 'secondary' : 'quiet'}
        disabled={disabled}
        onClick={press[state]}
      />
    </>
  );
}

const join = (before: string, said: string) =>
  before === '' || /\s$/.test(before) ? before + said.trimStart() : `${before} ${said.trimStart()}`;
