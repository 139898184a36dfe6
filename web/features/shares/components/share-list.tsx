import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link2Off } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ConversationShare } from '#server/contract/conversation-share.ts';
import { revokeShare, sharesKey, toShareAddress, useShares } from '#web/features/shares/api/share-requests.ts';
import { useFormat } from '#web/lib/format.ts';
import { useShownName } from '#web/lib/use-shown-name.ts';
import { Button } from '#web/ui/button.tsx';
import { CopyButton } from '#web/ui/copy-button.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';

/** The person's shares, of one conversation or all: copied again, and revoked. */
export function ShareList({ conversation, empty }: { conversation?: string; empty: ReactNode }) {
  const { t } = useTranslation('shares');
  const shares = useShares(conversation);
  return (
    <>
      <ListStates items={shares.items} error={shares.error} onRetry={shares.retry} empty={empty}>
        {(shown) => (
          <ul aria-label={t('share.list')} className="divide-y divide-line rounded-lg border border-line bg-surface">
            {shown.map((share) => (
              <ShareItem key={share.id} share={share} isNamed={conversation === undefined} />
            ))}
          </ul>
        )}
      </ListStates>
      <LoadMore {...shares.more} />
    </>
  );
}

function ShareItem({ share, isNamed }: { share: ConversationShare; isNamed: boolean }) {
  const { t } = useTranslation('shares');
  const toName = useShownName();
  const format = useFormat();
  const queryClient = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => revokeShare(share.id),
    onError: showProblemToast,
    onSettled: () => queryClient.invalidateQueries({ queryKey: sharesKey }),
  });
  const address = toShareAddress(share.id);
  return (
    <li className="grid min-w-0 gap-2 p-4">
      {isNamed && (
        <p className="min-w-0 font-medium wrap-anywhere">
          {share.title || t('share.untitled')}{' '}
          <span className="font-normal text-ink-faint">· {toName(share.agent)}</span>
        </p>
      )}
      <a href={address} target="_blank" rel="noopener" className="truncate font-mono text-xs">
        {address}
      </a>
      <div className="flex min-w-0 flex-wrap items-center justify-between gap-2">
        <span className="text-xs text-ink-faint">
          {t('share.made', { date: format.dateTime(share.createdAt) })}
          {share.expiresAt && ` · ${t('share.until', { date: format.dateTime(share.expiresAt) })}`}
          {share.showsName && ` · ${t('share.hasName')}`}
          {share.withFiles && ` · ${t('share.hasFiles')}`}
        </span>
        <span className="flex gap-1">
          <CopyButton text={address} label={t('share.copy')} size="small" variant="quiet" />
          <Button
            size="small"
            variant="quiet"
            icon={<Link2Off aria-hidden />}
            busy={revoke.isPending}
            onClick={() => revoke.mutate()}
          >
            {t('share.revoke')}
          </Button>
        </span>
      </div>
    </li>
  );
}
