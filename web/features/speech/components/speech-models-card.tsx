import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { SpeechModels } from '#server/contract/speech.ts';
import { connectionListQuery } from '#web/features/models/api/connection-list-query.ts';
import { setSpeechModels, speechModelsQuery } from '#web/features/speech/api/speech-requests.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { Card, CardHeader } from '#web/ui/card.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Form } from '#web/ui/form.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { showToast } from '#web/ui/toast-store.ts';

type Values = { speech: string; voice: string; transcription: string };

/** OpenAI's own; others serve models under names of theirs. */
const known = {
  speech: ['gpt-4o-mini-tts', 'tts-1', 'tts-1-hd'],
  transcription: ['gpt-4o-transcribe', 'gpt-4o-mini-transcribe', 'whisper-1'],
};
const toReference = (text: string) => (text.trim() === '' ? null : text.trim());
const toInput = ({ speech, voice, transcription }: Values) => ({
  speech: toReference(speech),
  voice: voice.trim() === '' ? undefined : voice,
  transcription: toReference(transcription),
});

/** Which models read aloud and write down; empty fields leave it to people's browsers. */
export function SpeechModelsCard() {
  const { t } = useTranslation('speech');
  const { data, error, refetch } = useQuery(speechModelsQuery);
  return (
    <Card id="speech">
      <CardHeader title={t('models.title')} description={t('models.description')} />
      {error && <ErrorPanel error={error} onRetry={refetch} />}
      {data ? <SpeechModelsForm models={data} /> : !error && <SkeletonList rows={2} />}
    </Card>
  );
}

function SpeechModelsForm({ models }: { models: SpeechModels }) {
  const { t } = useTranslation('speech');
  const cache = useQueryClient();
  const id = useId();
  const connections = useQuery(connectionListQuery).data?.items.filter(({ provider }) => provider === 'openai') ?? [];
  const form = useForm({
    resolver: formResolver(SpeechModels, toInput),
    defaultValues: {
      speech: models.speech ?? '',
      voice: models.voice,
      transcription: models.transcription ?? '',
    },
  });
  const { submit, busy, error } = useSubmit(form, {
    send: setSpeechModels,
    onDone: (saved) => {
      cache.setQueryData(speechModelsQuery.queryKey, saved);
      showToast({ title: t('models.saved'), tone: 'success' });
    },
  });
  const { errors } = form.formState;
  const toModelField = (use: 'speech' | 'transcription') => (
    <div>
      <TextField
        label={t(`models.${use}`)}
        hint={t(`models.${use}Hint`)}
        optional
        list={`${id}-${use}`}
        autoCapitalize="none"
        spellCheck={false}
        {...form.register(use)}
        error={errors[use]?.message}
      />
      <datalist id={`${id}-${use}`}>
        {connections.flatMap((connection) =>
          known[use].map((model) => <option key={connection.id + model} value={`${connection.id}/${model}`} />),
        )}
      </datalist>
    </div>
  );
  return (
    <Form onSubmit={submit} error={error}>
      <div className="field-row sm:grid-cols-2">
        {toModelField('speech')}
        <TextField
          label={t('models.voice')}
          hint={t('models.voiceHint')}
          autoCapitalize="none"
          spellCheck={false}
          {...form.register('voice')}
          error={errors.voice?.message}
        />
      </div>
      <div className="field-row sm:grid-cols-2">{toModelField('transcription')}</div>
      <Button type="submit" busy={busy} className="justify-self-end">
        {t('common:action.save')}
      </Button>
    </Form>
  );
}
