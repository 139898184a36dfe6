import { useForm } from 'react-hook-form';
import { CreateChainInput } from '#server/contract/chain.ts';
import { createChain } from '#web/features/chains/api/chain-requests.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { EndpointUrlField } from './endpoint-url-field.tsx';

type Values = {
  name: string;
  id: string;
  slug: string;
  explorerUrl: string;
  nativeCurrency: { name: string; symbol: string };
  url: string;
};

const empty: Values = {
  name: '',
  id: '',
  slug: '',
  explorerUrl: '',
  nativeCurrency: { name: '', symbol: '' },
  url: '',
};
const toInput = ({ id, ...values }: Values) => ({ ...values, id: Number(id) });

type AddChainDialogProps = { open: boolean; onOpenChange: (open: boolean) => void; onSaved: () => unknown };

/** Adds a chain by its first RPC. */
export function AddChainDialog({ open, onOpenChange, onSaved }: AddChainDialogProps) {
  const { t } = useTranslation('chains');
  const onDone = () => {
    onSaved();
    onOpenChange(false);
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('add')} description={t('addText')}>
      <ChainForm onDone={onDone} />
    </Dialog>
  );
}

function ChainForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('chains');
  const form = useForm({ resolver: formResolver(CreateChainInput, toInput), defaultValues: empty });
  const { submit, busy, error } = useSubmit(form, { send: createChain, onDone });
  const { errors } = form.formState;
  return (
    <Form onSubmit={submit} error={error}>
      <div className="field-row sm:grid-cols-2">
        <TextField label={t('form.name')} {...form.register('name')} error={errors.name?.message} />
        <TextField label={t('form.id')} inputMode="numeric" {...form.register('id')} error={errors.id?.message} />
      </div>
      <TextField
        label={t('form.slug')}
        hint={t('form.slugHint')}
        autoCapitalize="none"
        spellCheck={false}
        {...form.register('slug')}
        error={errors.slug?.message}
      />
      <EndpointUrlField {...form.register('url')} error={errors.url?.message} />
      <TextField
        label={t('form.explorer')}
        hint={t('form.explorerHint')}
        inputMode="url"
        autoCapitalize="none"
        spellCheck={false}
        {...form.register('explorerUrl')}
        error={errors.explorerUrl?.message}
      />
      <div className="field-row sm:grid-cols-2">
        <TextField
          label={t('form.currency')}
          {...form.register('nativeCurrency.name')}
          error={errors.nativeCurrency?.name?.message}
        />
        <TextField
          label={t('form.symbol')}
          {...form.register('nativeCurrency.symbol')}
          error={errors.nativeCurrency?.symbol?.message}
        />
      </div>
      <Button type="submit" variant="primary" busy={busy} className="justify-self-end">
        {t('add')}
      </Button>
    </Form>
  );
}
