import { ExternalLink } from 'lucide-react';
import type { TransactionProposal } from '#server/contract/transaction-proposal.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { CopyButton } from '#web/ui/copy-button.tsx';
import { Notice } from '#web/ui/notice.tsx';
import type { Sent } from './kept-sending.ts';
import { toExplorerLink } from './to-explorer-link.ts';

/** The hash that a wallet told, which is no proof yet that the transaction went through. */
export function SentNotice({ sent, proposal: { network } }: { sent: Sent; proposal: TransactionProposal }) {
  const { t } = useTranslation('transactions');
  const format = useFormat();
  const link = toExplorerLink(network.explorerUrl, `/tx/${sent.hash}`);
  return (
    <div role="status">
      <Notice
        tone="success"
        title={t('sent.title', { time: format.dateTime(sent.at) })}
        actions={
          <>
            <CopyButton text={sent.hash} label={t('sent.copy')} size="small" />
            {link !== null && (
              <Button asChild size="small" icon={<ExternalLink aria-hidden />}>
                <a href={link} target="_blank" rel="noopener noreferrer nofollow">
                  {t('sent.explorer')}
                </a>
              </Button>
            )}
          </>
        }
      >
        <p className="font-mono text-xs break-all">{sent.hash}</p>
        <p className="mt-1">{t('sent.explanation')}</p>
      </Notice>
    </div>
  );
}
