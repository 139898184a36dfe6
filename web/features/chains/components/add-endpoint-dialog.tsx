import { useForm } from 'react-hook-form';
import { AddEndpointInput, type Chain } from '#server/contract/chain.ts';
import { addEndpoint } from '#web/features/chains/api/chain-requests.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { EndpointUrlField } from './endpoint-url-field.tsx';

type AddEndpointDialogProps = {
  chain: Chain | null;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onSaved: () => unknown;
};

/** Adds an RPC to a chain; the hub asks it for its chain id before it takes it. */
export function AddEndpointDialog({ chain, open, onOpenChange, onSaved }: AddEndpointDialogProps) {
  const { t } = useTranslation('chains');
  const onDone = () => {
    onSaved();
    onOpenChange(false);
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('endpoint.addNamed', { name: chain?.name ?? '' })}>
      {chain && <EndpointForm chain={chain} onDone={onDone} />}
    </Dialog>
  );
}

function EndpointForm({ chain, onDone }: { chain: Chain; onDone: () => void }) {
  const { t } = useTranslation('chains');
  const form = useForm({ resolver: formResolver(AddEndpointInput), defaultValues: { url: '' } });
  const { submit, busy, error } = useSubmit(form, { send: (input) => addEndpoint(chain.id, input), onDone });
  return (
    <Form onSubmit={submit} error={error}>
      <EndpointUrlField {...form.register('url')} error={form.formState.errors.url?.message} />
      <Button type="submit" variant="primary" busy={busy} className="justify-self-end">
        {t('endpoint.add')}
      </Button>
    </Form>
  );
}
