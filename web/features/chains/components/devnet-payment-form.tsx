import { useForm } from 'react-hook-form';
import { type DevnetAccount, DevnetPaymentInput } from '#server/contract/devnet.ts';
import { payOnDevnet } from '#web/features/chains/api/devnet-requests.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { Form } from '#web/ui/form.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { showToast } from '#web/ui/toast-store.ts';

const usualPayer = 'Whale';

/** Pays from one account of the devnet to another, so that something happens on it. */
export function DevnetPaymentForm({ accounts }: { accounts: readonly DevnetAccount[] }) {
  const { t } = useTranslation('chains');
  const payer = accounts.find(({ label }) => label === usualPayer) ?? accounts[0];
  const payee = accounts.find(({ kind }) => kind === 'person') ?? accounts[1];
  const form = useForm({
    resolver: formResolver(DevnetPaymentInput),
    defaultValues: { from: payer?.address ?? '', to: payee?.address ?? '', amount: '150', moreBlocks: 2 },
  });
  const { submit, busy, error } = useSubmit(form, {
    send: payOnDevnet,
    onDone: ({ blockNumber }) => showToast({ title: t('devnet.pay.done', { block: blockNumber }), tone: 'success' }),
  });
  const { errors } = form.formState;
  const options = accounts.map(({ address, label }) => ({ value: address, label }));
  return (
    <details className="text-sm">
      <summary className="cursor-pointer font-medium">{t('devnet.pay.title')}</summary>
      <Form onSubmit={submit} error={error} className="mt-3">
        <p className="text-ink-soft">{t('devnet.pay.text')}</p>
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField
            label={t('devnet.pay.from')}
            options={options}
            {...form.register('from')}
            error={errors.from?.message}
          />
          <SelectField
            label={t('devnet.pay.to')}
            options={options}
            {...form.register('to')}
            error={errors.to?.message}
          />
          <TextField
            label={t('devnet.pay.amount')}
            inputMode="decimal"
            {...form.register('amount')}
            error={errors.amount?.message}
          />
          <TextField
            type="number"
            min={0}
            max={500}
            label={t('devnet.pay.moreBlocks')}
            {...form.register('moreBlocks', { valueAsNumber: true })}
            error={errors.moreBlocks?.message}
          />
        </div>
        <Button type="submit" variant="primary" size="small" className="justify-self-start" busy={busy}>
          {t('devnet.pay.submit')}
        </Button>
      </Form>
    </details>
  );
}
