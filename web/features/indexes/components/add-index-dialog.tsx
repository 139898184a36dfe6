import { useForm } from 'react-hook-form';
import { CreateIndexInput } from '#server/contract/chain-index.ts';
import { createIndex } from '#web/features/indexes/api/index-requests.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { CheckboxField } from '#web/ui/checkbox-field.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextArea } from '#web/ui/text-area.tsx';
import { TextField } from '#web/ui/text-field.tsx';

type Contract = { name: string; address: string; abi: string };
type Values = {
  chain: string;
  fromBlock: string;
  fromTime: string;
  toBlock: string;
  maximumRows: string;
  /** As typed, in GB. */
  maximumBytes: string;
  hasTraces: boolean;
  name: string;
  onlyContracts: boolean;
  contracts: [Contract];
};

const toInput = ({ chain, fromBlock, fromTime, toBlock, hasTraces, name, ...values }: Values) => ({
  chain,
  ...(name !== '' && { name }),
  ...(fromBlock !== '' && { fromBlock: Number(fromBlock) }),
  ...(fromTime !== '' && { fromTime: `${fromTime}T00:00:00.000Z` }),
  ...(toBlock !== '' && { toBlock: Number(toBlock) }),
  ...(values.maximumRows !== '' && { maximumRows: Number(values.maximumRows) }),
  ...(values.maximumBytes !== '' && { maximumBytes: Math.round(Number(values.maximumBytes) * 1024 ** 3) }),
  parts: ['transactions', 'logs', ...(hasTraces ? ['traces'] : [])],
  onlyContracts: values.onlyContracts,
  contracts: Object.values(values.contracts[0]).some((text) => text !== '') ? values.contracts : [],
});

type AddIndexDialogProps = {
  chains: readonly { slug: string; name: string }[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onSaved: () => unknown;
};

/** Says which chain is to be indexed, and from where to where. */
export function AddIndexDialog({ chains, open, onOpenChange, onSaved }: AddIndexDialogProps) {
  const { t } = useTranslation('indexes');
  const onDone = () => {
    onSaved();
    onOpenChange(false);
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('add')} description={t('addText')}>
      <IndexForm chains={chains} onDone={onDone} />
    </Dialog>
  );
}

function IndexForm({ chains, onDone }: Pick<AddIndexDialogProps, 'chains'> & { onDone: () => void }) {
  const { t } = useTranslation('indexes');
  const defaultValues: Values = {
    chain: chains[0]?.slug ?? '',
    fromBlock: '',
    fromTime: '',
    toBlock: '',
    maximumRows: '',
    maximumBytes: '',
    hasTraces: false,
    name: '',
    onlyContracts: false,
    contracts: [{ name: '', address: '', abi: '' }],
  };
  const form = useForm({ resolver: formResolver(CreateIndexInput, toInput), defaultValues });
  const { submit, busy, error } = useSubmit(form, { send: createIndex, onDone });
  const { errors } = form.formState;
  const ofContract = errors.contracts?.[0];
  return (
    <Form onSubmit={submit} error={error}>
      <SelectField
        label={t('form.chain')}
        options={chains.map(({ slug, name }) => ({ value: slug, label: name }))}
        {...form.register('chain')}
        error={errors.chain?.message}
      />
      <TextField
        label={t('form.name')}
        hint={t('form.nameHint')}
        autoCapitalize="none"
        spellCheck={false}
        {...form.register('name')}
        error={errors.name?.message}
      />
      <div className="field-row sm:grid-cols-2">
        <TextField
          label={t('form.fromBlock')}
          hint={t('form.fromBlockHint')}
          inputMode="numeric"
          {...form.register('fromBlock')}
          error={errors.fromBlock?.message}
        />
        <TextField
          label={t('form.fromTime')}
          type="date"
          {...form.register('fromTime')}
          error={errors.fromTime?.message}
        />
      </div>
      <TextField
        label={t('form.toBlock')}
        hint={t('form.toBlockHint')}
        inputMode="numeric"
        {...form.register('toBlock')}
        error={errors.toBlock?.message}
      />
      <div className="field-row sm:grid-cols-2">
        <TextField
          label={t('form.maximumGigabytes')}
          hint={t('form.maximumGigabytesHint')}
          inputMode="decimal"
          {...form.register('maximumBytes')}
          error={errors.maximumBytes?.message}
        />
        <TextField
          label={t('form.maximumRows')}
          hint={t('form.maximumRowsHint')}
          inputMode="numeric"
          {...form.register('maximumRows')}
          error={errors.maximumRows?.message}
        />
      </div>
      <CheckboxField label={t('form.traces')} hint={t('form.tracesHint')} {...form.register('hasTraces')} />
      <div className="field-row sm:grid-cols-2">
        <TextField
          label={t('form.contract')}
          hint={t('form.contractHint')}
          autoCapitalize="none"
          spellCheck={false}
          {...form.register('contracts.0.name')}
          error={ofContract?.name?.message ?? errors.contracts?.message}
        />
        <TextField
          label={t('form.address')}
          autoCapitalize="none"
          spellCheck={false}
          {...form.register('contracts.0.address')}
          error={ofContract?.address?.message}
        />
      </div>
      <TextArea
        label={t('form.abi')}
        hint={t('form.abiHint')}
        rows={3}
        {...form.register('contracts.0.abi')}
        error={ofContract?.abi?.message}
      />
      <CheckboxField
        label={t('form.onlyContracts')}
        hint={t('form.onlyContractsHint')}
        {...form.register('onlyContracts')}
      />
      <Button type="submit" variant="primary" busy={busy} className="justify-self-end">
        {t('add')}
      </Button>
    </Form>
  );
}
