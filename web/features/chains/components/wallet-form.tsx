import { useState } from 'react';
import { dayChoices, toAddresses, type WalletQuestion } from '#web/features/chains/wallet-question.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';

export type ChainChoice = { value: string; label: string };

type WalletFormProps = {
  question: WalletQuestion | null;
  chains: readonly ChainChoice[];
  isBusy: boolean;
  onAsk: (question: WalletQuestion) => void;
  onCancel: () => void;
};

/** Which wallet, on which chain, how far back. */
export function WalletForm({ question, chains, isBusy, onAsk, onCancel }: WalletFormProps) {
  const { t } = useTranslation('chains');
  const [address, setAddress] = useState(question?.address ?? '');
  const [chain, setChain] = useState(question?.chain ?? '');
  const [days, setDays] = useState(question?.days ?? 30);
  const [own, setOwn] = useState(question?.own.join(', ') ?? '');
  const chosen = chain === '' ? (chains[0]?.value ?? '') : chain;
  return (
    <Card aria-label={t('wallet.form.label')}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (address.trim() !== '' && chosen !== '')
            onAsk({ address: address.trim(), chain: chosen, days, own: toAddresses(own) });
        }}
      >
        <TextField
          label={t('wallet.form.address')}
          hint={t('wallet.form.addressHint')}
          value={address}
          spellCheck={false}
          autoComplete="off"
          monospaced
          placeholder="0x…"
          onChange={(event) => setAddress(event.target.value)}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField
            label={t('wallet.form.chain')}
            value={chosen}
            options={chains}
            onChange={(event) => setChain(event.target.value)}
          />
          <SelectField
            label={t('wallet.form.range')}
            value={String(days)}
            options={dayChoices.map((choice) => ({
              value: String(choice),
              label: t('wallet.form.days', { count: choice }),
            }))}
            onChange={(event) => setDays(Number(event.target.value))}
          />
        </div>
        <TextField
          label={t('wallet.form.own')}
          hint={t('wallet.form.ownHint')}
          value={own}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setOwn(event.target.value)}
        />
        <div className="flex flex-wrap gap-3">
          <Button variant="primary" type="submit" disabled={address.trim() === '' || isBusy}>
            {t('wallet.form.ask')}
          </Button>
          {isBusy && <Button onClick={onCancel}>{t('wallet.form.cancel')}</Button>}
        </div>
      </form>
    </Card>
  );
}
