import { useMutation } from '@tanstack/react-query';
import { Link2, Link2Off } from 'lucide-react';
import type { Dashboard } from '#server/contract/dashboard.ts';
import { openLink, revokeLink } from '#web/features/dashboards/api/dashboard-requests.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { CopyButton } from '#web/ui/copy-button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';

type LinkDialogProps = {
  dashboard: Dashboard;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onChanged: (dashboard: Dashboard) => void;
};

/** The public link of a dashboard: made, copied and revoked. */
export function LinkDialog({ dashboard, open, onOpenChange, onChanged }: LinkDialogProps) {
  const { t } = useTranslation('dashboards');
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('link.title')} description={t('link.text')}>
      <LinkBox dashboard={dashboard} onChanged={onChanged} />
    </Dialog>
  );
}

function LinkBox({ dashboard: { id, link }, onChanged }: Pick<LinkDialogProps, 'dashboard' | 'onChanged'>) {
  const { t } = useTranslation('dashboards');
  const change = useMutation({
    mutationFn: (isOpen: boolean) => (isOpen ? openLink(id) : revokeLink(id)),
    onSuccess: onChanged,
    onError: showProblemToast,
  });
  if (link === null) {
    return (
      <Button
        variant="primary"
        icon={<Link2 aria-hidden />}
        busy={change.isPending}
        onClick={() => change.mutate(true)}
        className="justify-self-start"
      >
        {t('link.open')}
      </Button>
    );
  }
  const address = `${location.origin}/d/${link}`;
  return (
    <div className="grid grid-cols-1 gap-3">
      <a href={address} target="_blank" rel="noopener" className="truncate font-mono text-xs">
        {address}
      </a>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={address} />
        <Button icon={<Link2Off aria-hidden />} busy={change.isPending} onClick={() => change.mutate(false)}>
          {t('link.revoke')}
        </Button>
      </div>
    </div>
  );
}
