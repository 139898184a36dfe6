import { ExternalLink, QrCode } from 'lucide-react';
import { useId, useState } from 'react';
import { renderSVG } from 'uqr';
import type { TransactionProposal } from '#server/contract/transaction-proposal.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { CopyButton } from '#web/ui/copy-button.tsx';
import { toWalletTransaction } from './send-with-wallet.ts';

/** Nothing else than a call may be behind what a reader presses (EIP-681). */
const walletLinkForm = /^ethereum:0x[\da-f]{40}@\d+(?:\/\w+)?\?[\w=&%.~-]*$/i;

type TakeAlongProps = { proposal: TransactionProposal; isOwn: boolean };

/** The transaction for other programs: as JSON and call data; for its person also as a link and a picture that wallets read. */
export function TakeAlong({ proposal: { transaction, walletLink, simulation }, isOwn }: TakeAlongProps) {
  const { t } = useTranslation('transactions');
  const [isShown, setIsShown] = useState(false);
  const picture = useId();
  // What would fail is not held out to a wallet, and nothing to readers of a page that anybody can have made.
  const isHeldOut = isOwn && simulation.succeeds;
  const link = isHeldOut && walletLink !== null && walletLinkForm.test(walletLink) ? walletLink : null;
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap gap-2">
        <CopyButton
          text={() => JSON.stringify([toWalletTransaction(transaction)], null, 2)}
          label={t('take.json')}
          size="small"
        />
        {transaction.data !== '0x' && <CopyButton text={transaction.data} label={t('take.data')} size="small" />}
        {link !== null && (
          <>
            <Button asChild size="small" icon={<ExternalLink aria-hidden />}>
              <a href={link}>{t('take.link')}</a>
            </Button>
            <Button
              size="small"
              icon={<QrCode aria-hidden />}
              aria-expanded={isShown}
              aria-controls={picture}
              onClick={() => setIsShown(!isShown)}
            >
              {t(isShown ? 'take.hideQr' : 'take.qr')}
            </Button>
          </>
        )}
      </div>
      {link !== null && (
        <figure id={picture} hidden={!isShown} className="grid justify-items-start gap-2">
          {isShown && (
            <>
              <img
                src={`data:image/svg+xml,${encodeURIComponent(renderSVG(link, { border: 2 }))}`}
                alt={t('take.qrOf')}
                className="size-48 rounded-md border border-line"
              />
              <figcaption className="font-mono text-xs break-all text-ink-soft">{link}</figcaption>
            </>
          )}
        </figure>
      )}
    </div>
  );
}
