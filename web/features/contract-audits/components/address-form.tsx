import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ContractAudit } from '#server/contract/contract-audit.ts';
import { createAuditByAddress } from '#web/features/contract-audits/api/audit-requests.ts';
import { listChainNames, toolListQuery } from '#web/lib/tool-list-query.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useCancellable } from '#web/lib/use-cancellable.ts';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';

/** Takes the address of a contract whose source is verified, and has it audited. */
export function AddressForm({ onAudited }: { onAudited: (audit: ContractAudit) => void }) {
  const { t } = useTranslation('contract-audits');
  const { run, cancel } = useCancellable();
  const tools = useQuery(toolListQuery);
  const chains = listChainNames(tools.data, 'audit-deployed-contract');
  const [address, setAddress] = useState('');
  const [chain, setChain] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const chosen = chain === '' ? (chains[0]?.value ?? '') : chain;
  const audit = async () => {
    setError(null);
    setBusy(true);
    try {
      const made = await run((signal) => createAuditByAddress({ chain: chosen, address: address.trim() }, signal));
      if (made !== null) onAudited(made);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card aria-label={t('address.label')}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (address.trim() !== '' && chosen !== '' && !isBusy) void audit();
        }}
      >
        <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_12rem]">
          <TextField
            label={t('address.address')}
            hint={t('address.hint')}
            value={address}
            spellCheck={false}
            autoComplete="off"
            monospaced
            placeholder="0x…"
            onChange={(event) => setAddress(event.target.value)}
          />
          <SelectField
            label={t('address.chain')}
            value={chosen}
            options={chains}
            onChange={(event) => setChain(event.target.value)}
          />
        </div>
        {error !== null && <ErrorPanel error={error} />}
        {isBusy ? (
          <div role="status" className="flex items-center gap-3 rounded-md bg-sunken p-4 text-sm">
            <span className="min-w-0 flex-1 animate-breathe">{t('address.busy')}</span>
            <Button size="small" onClick={cancel}>
              {t('form.cancel')}
            </Button>
          </div>
        ) : (
          <Button className="justify-self-start" type="submit" disabled={address.trim() === '' || chosen === ''}>
            {t('address.audit')}
          </Button>
        )}
      </form>
    </Card>
  );
}
