import { Trash2 } from 'lucide-react';
import { useQuery } from '@tanstack/react-query';
import { useFormContext } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { modelListQuery } from '#web/features/evals/api/eval-requests.ts';
import { type CheckKind, checkKinds, type EvalFormValues, madeKinds } from '#web/features/evals/eval-form-values.ts';
import { CheckboxField } from '#web/ui/checkbox-field.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextArea } from '#web/ui/text-area.tsx';
import { TextField } from '#web/ui/text-field.tsx';

type CheckFieldsProps = { place: number; tools: string[]; onRemove: (() => void) | null };

/** One check: its kind, and what that kind needs. */
export function CheckFields({ place, tools, onRemove }: CheckFieldsProps) {
  const { t } = useTranslation('evals');
  const { register, watch, formState } = useFormContext<EvalFormValues>();
  const kind = watch(`expect.${place}.kind`);
  const isWrong = formState.errors.expect?.[place] !== undefined;
  return (
    <li className="grid gap-3 rounded-md border border-line bg-sunken p-4">
      <div className="flex items-end gap-2">
        <SelectField
          className="flex-1"
          label={t('check.kind', { number: place + 1 })}
          options={checkKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
          {...register(`expect.${place}.kind`)}
        />
        {onRemove && (
          <IconButton label={t('check.remove', { number: place + 1 })} icon={<Trash2 />} onClick={onRemove} />
        )}
      </div>
      <KindFields kind={kind} place={place} tools={tools} error={isWrong ? t(`invalid.${kind}`) : undefined} />
    </li>
  );
}

type KindFieldsProps = { kind: CheckKind; place: number; tools: string[]; error: string | undefined };

function KindFields({ kind, place, tools, error }: KindFieldsProps) {
  const { t } = useTranslation('evals');
  const { register } = useFormContext<EvalFormValues>();
  switch (kind) {
    case 'contains':
    case 'excludes':
      return (
        <TextArea
          label={t('check.texts')}
          hint={t('check.textsHint')}
          error={error}
          {...register(`expect.${place}.texts`)}
        />
      );
    case 'number':
      return (
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField
            inputMode="decimal"
            label={t('check.value')}
            error={error}
            {...register(`expect.${place}.value`)}
          />
          <TextField
            optional
            inputMode="decimal"
            label={t('check.tolerance')}
            hint={t('check.toleranceHint')}
            {...register(`expect.${place}.tolerance`)}
          />
        </div>
      );
    case 'matches':
      return (
        <>
          <TextField
            label={t('check.pattern')}
            spellCheck={false}
            autoCapitalize="none"
            monospaced
            error={error}
            {...register(`expect.${place}.pattern`)}
          />
          <CheckboxField label={t('check.ignoreCase')} {...register(`expect.${place}.ignoreCase`)} />
        </>
      );
    case 'json-schema':
      return (
        <TextArea
          monospaced
          rows={6}
          spellCheck={false}
          label={t('check.schema')}
          hint={t('check.schemaHint')}
          error={error}
          {...register(`expect.${place}.schema`)}
        />
      );
    case 'calls':
    case 'avoids':
      return <ToolFields kind={kind} place={place} tools={tools} error={error} />;
    case 'makes':
      return (
        <SelectField
          label={t('check.artifact')}
          options={madeKinds.map((value) => ({ value, label: t(`artifact.${value}`) }))}
          {...register(`expect.${place}.artifact`)}
        />
      );
    case 'cites':
      return (
        <TextField
          optional
          type="url"
          label={t('check.url')}
          hint={t('check.urlHint')}
          error={error}
          {...register(`expect.${place}.url`)}
        />
      );
    case 'judge':
      return <JudgeFields place={place} error={error} />;
  }
}

function ToolFields({ kind, place, tools, error }: KindFieldsProps) {
  const { t } = useTranslation('evals');
  const { register, watch } = useFormContext<EvalFormValues>();
  const chosen = watch(`expect.${place}.tool`);
  const names = chosen === '' || tools.includes(chosen) ? tools : [...tools, chosen];
  return (
    <>
      <SelectField
        label={t('check.tool')}
        hint={names.length === 0 ? t('check.noTools') : undefined}
        error={error}
        options={[{ value: '', label: t('check.chooseTool') }, ...names.map((value) => ({ value, label: value }))]}
        {...register(`expect.${place}.tool`)}
      />
      {kind === 'calls' && (
        <TextArea
          optional
          monospaced
          spellCheck={false}
          label={t('check.arguments')}
          hint={t('check.argumentsHint')}
          {...register(`expect.${place}.arguments`)}
        />
      )}
    </>
  );
}

function JudgeFields({ place, error }: { place: number; error: string | undefined }) {
  const { t } = useTranslation('evals');
  const { register, watch } = useFormContext<EvalFormValues>();
  const { data: models } = useQuery(modelListQuery);
  const chosen = watch(`expect.${place}.model`);
  const known = models?.items.filter(({ kind }) => kind === 'language-model') ?? [];
  const others = chosen === '' || known.some(({ reference }) => reference === chosen) ? [] : [chosen];
  return (
    <>
      <TextArea
        label={t('check.rubric')}
        hint={t('check.rubricHint')}
        error={error}
        {...register(`expect.${place}.rubric`)}
      />
      <SelectField
        label={t('check.judge')}
        hint={models && known.length === 0 ? t('check.noJudge') : undefined}
        key={known.length}
        options={[
          { value: '', label: t('check.defaultJudge') },
          ...[...known.map(({ reference }) => reference), ...others].map((value) => ({ value, label: value })),
        ]}
        {...register(`expect.${place}.model`)}
      />
    </>
  );
}
