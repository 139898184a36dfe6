import { useQuery } from '@tanstack/react-query';
import { useFormContext } from 'react-hook-form';
import { AlertOperator } from '#server/contract/alert.ts';
import type { AlertFormValues } from '#web/features/alerts/alert-form-values.ts';
import { toRhythm } from '#web/features/alerts/rhythm-choice.ts';
import { chainChoicesQuery, queryChoicesQuery } from '#web/features/alerts/api/alert-requests.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useDuneCost } from '#web/lib/use-dune-cost.ts';
import { useLocalized } from '#web/lib/use-localized.ts';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { RhythmFields } from './rhythm-fields.tsx';

/** What each kind of watch asks for. */
export function WatchFields() {
  const kind = useFormContext<AlertFormValues>().watch('watch.kind');
  switch (kind) {
    case 'query':
      return <QueryFields />;
    case 'balance':
      return (
        <>
          <ChainField />
          <AddressField />
          <TokenField />
          <ConditionFields />
          <DepthField />
        </>
      );
    case 'transfer':
      return (
        <>
          <ChainField />
          <AddressField />
          <TransferFields />
          <DepthField />
        </>
      );
    case 'price':
      return (
        <>
          <ChainField />
          <TokenField />
          <PriceFields />
          <ConditionFields />
          <DepthField />
        </>
      );
    case 'event':
      return (
        <>
          <ChainField />
          <EventFields />
          <DepthField />
        </>
      );
  }
}

function useFields() {
  const { t } = useTranslation('alerts');
  const { register, watch, formState } = useFormContext<AlertFormValues>();
  return { t, register, watch, errors: formState.errors.watch };
}

function ChainField() {
  const { t, register, errors } = useFields();
  const { data: chains = [] } = useQuery(chainChoicesQuery);
  return (
    <SelectField
      label={t('field.chain')}
      key={chains.length}
      options={[
        { value: '', label: t('field.choose') },
        ...chains.map(({ slug, name }) => ({ value: slug, label: name })),
      ]}
      {...register('watch.chain')}
      error={errors?.chain?.message}
    />
  );
}

function AddressField() {
  const { t, register, errors } = useFields();
  return (
    <TextField
      label={t('field.address')}
      hint={t('field.addressHint')}
      spellCheck={false}
      {...register('watch.address')}
      error={errors?.address?.message}
    />
  );
}

function TokenField() {
  const { t, register, errors } = useFields();
  return (
    <TextField
      label={t('field.token')}
      hint={t('field.tokenHint')}
      spellCheck={false}
      {...register('watch.token')}
      error={errors?.token?.message}
    />
  );
}

function TransferFields() {
  const { t, register, errors } = useFields();
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <SelectField
        label={t('field.direction')}
        options={(['any', 'in', 'out'] as const).map((value) => ({ value, label: t(`direction.${value}`) }))}
        {...register('watch.direction')}
      />
      <TokenField />
      <TextField
        label={t('field.atLeast')}
        inputMode="decimal"
        {...register('watch.atLeast')}
        error={errors?.atLeast?.message}
      />
    </div>
  );
}

function PriceFields() {
  const { t, register, errors } = useFields();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        optional
        label={t('field.feed')}
        spellCheck={false}
        {...register('watch.feed')}
        error={errors?.feed?.message}
      />
      <TextField
        optional
        label={t('field.pool')}
        spellCheck={false}
        {...register('watch.pool')}
        error={errors?.pool?.message}
      />
    </div>
  );
}

function EventFields() {
  const { t, register, errors } = useFields();
  return (
    <>
      <TextField
        optional
        label={t('field.contract')}
        spellCheck={false}
        {...register('watch.contract')}
        error={errors?.contract?.message}
      />
      <TextField
        label={t('field.event')}
        hint={t('field.eventHint')}
        spellCheck={false}
        {...register('watch.event')}
        error={errors?.event?.message}
      />
      <TextField
        optional
        label={t('field.where')}
        hint={t('field.whereHint')}
        spellCheck={false}
        {...register('watch.where')}
        error={errors?.where?.message}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          optional
          label={t('field.argument')}
          hint={t('field.argumentHint')}
          spellCheck={false}
          {...register('watch.amount.argument')}
          error={errors?.amount?.argument?.message}
        />
        <TextField
          optional
          label={t('field.atLeast')}
          inputMode="decimal"
          {...register('watch.amount.atLeast')}
          error={errors?.amount?.atLeast?.message}
        />
      </div>
    </>
  );
}

function QueryFields() {
  const { t, register, watch, errors } = useFields();
  const { data: queries = [] } = useQuery(queryChoicesQuery);
  const of = watch('watch.figure.of');
  const query = watch('watch.query');
  const isAtDune = queries.find(({ id }) => id === query)?.engine === 'dune';
  const cost = useDuneCost(isAtDune ? [query] : [], toRhythm(watch('watch.rhythm')));
  const toText = useLocalized();
  return (
    <>
      <SelectField
        label={t('field.query')}
        hint={queries.length === 0 ? t('field.noQueries') : cost === null ? undefined : toText(cost)}
        key={queries.length}
        options={[
          { value: '', label: t('field.choose') },
          ...queries.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        {...register('watch.query')}
        error={errors?.query?.message}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          label={t('field.figure')}
          options={(['first-row', 'any-row', 'row-count'] as const).map((value) => ({
            value,
            label: t(`figure.${value}`),
          }))}
          {...register('watch.figure.of')}
        />
        {of !== 'row-count' && (
          <TextField
            label={t('field.column')}
            spellCheck={false}
            {...register('watch.figure.column')}
            error={errors?.figure?.column?.message}
          />
        )}
      </div>
      <ConditionFields />
      <RhythmFields />
    </>
  );
}

function ConditionFields() {
  const { t, register, errors } = useFields();
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <SelectField
        label={t('field.operator')}
        options={AlertOperator.options.map((value) => ({ value, label: t(`operator.${value}`) }))}
        {...register('watch.condition.operator')}
        error={errors?.condition?.operator?.message}
      />
      <TextField
        label={t('field.threshold')}
        inputMode="decimal"
        {...register('watch.condition.threshold')}
        error={errors?.condition?.threshold?.message}
      />
      <TextField
        optional
        label={t('field.recovery')}
        hint={t('field.recoveryHint')}
        inputMode="decimal"
        {...register('watch.condition.recovery')}
        error={errors?.condition?.recovery?.message}
      />
    </div>
  );
}

function DepthField() {
  const { t, register, errors } = useFields();
  return (
    <TextField
      optional
      type="number"
      min={0}
      max={1000}
      label={t('field.confirmations')}
      hint={t('field.confirmationsHint')}
      {...register('watch.confirmations')}
      error={errors?.confirmations?.message}
    />
  );
}
