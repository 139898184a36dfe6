import { useState } from 'react';
import { useFormContext } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { DescriptionSource } from '#web/features/toolsets/toolset-form-values.ts';
import { useFormat } from '#web/lib/format.ts';
import { FormField } from '#web/ui/form-field.tsx';
import { SegmentedChoice } from '#web/ui/segmented-choice.tsx';
import { TextArea } from '#web/ui/text-area.tsx';
import { TextField } from '#web/ui/text-field.tsx';

export type DescriptionValues = { source: DescriptionSource; url: string; text: string; file: string };

/** Where an OpenAPI description is taken from: an address, what is pasted, or a file. */
export function DescriptionFields({ sources }: { sources: readonly DescriptionSource[] }) {
  const { t } = useTranslation('toolsets');
  const { register, watch, setValue, clearErrors, formState } = useFormContext<DescriptionValues>();
  const source = watch('source');
  const { errors } = formState;
  // The hub speaks of what it was sent, which is here under several names.
  const error = errors.url?.message ?? errors.text?.message;
  return (
    <div className="grid min-w-0 gap-3">
      <SegmentedChoice
        label={t('source.label')}
        value={source}
        onChange={(value) => {
          clearErrors(['url', 'text']);
          setValue('source', value);
        }}
        options={sources.map((value) => ({ value, label: t(`source.${value}`) }))}
      />
      {source === 'url' && (
        <TextField
          label={t('source.urlLabel')}
          hint={t('source.urlHint')}
          placeholder="https://api.example.org/openapi.json"
          inputMode="url"
          autoCapitalize="none"
          spellCheck={false}
          {...register('url')}
          error={error}
        />
      )}
      {source === 'text' && (
        <TextArea
          monospaced
          rows={8}
          spellCheck={false}
          label={t('source.textLabel')}
          hint={t('source.textHint')}
          {...register('text')}
          error={error}
        />
      )}
      {source === 'file' && <FileInput error={error} onText={(text) => setValue('file', text)} />}
    </div>
  );
}

function FileInput({ error, onText }: { error: string | undefined; onText: (text: string) => void }) {
  const { t } = useTranslation('toolsets');
  const format = useFormat();
  const [size, setSize] = useState<number | null>(null);
  const read = async (file: File | undefined) => {
    setSize(file?.size ?? null);
    onText(file === undefined ? '' : await file.text());
  };
  return (
    <FormField
      label={t('source.fileLabel')}
      hint={size === null ? t('source.textHint') : format.bytes(size)}
      error={error}
    >
      {(control) => (
        <input
          {...control}
          type="file"
          accept=".json,.yaml,.yml,application/json,application/yaml,text/yaml"
          className="control file:mr-3 file:cursor-pointer file:rounded-sm file:border-0 file:bg-sunken file:px-3 file:py-1 file:text-ink"
          onChange={(event) => void read(event.target.files?.[0])}
        />
      )}
    </FormField>
  );
}
