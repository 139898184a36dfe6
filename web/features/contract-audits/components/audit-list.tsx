import { useQueryClient } from '@tanstack/react-query';
import { ShieldCheck, Trash2 } from 'lucide-react';
import { Link } from 'react-router';
import type { ContractAuditSummary } from '#server/contract/contract-audit.ts';
import { auditsKey, deleteAudit, useAudits } from '#web/features/contract-audits/api/audit-requests.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Card } from '#web/ui/card.tsx';
import { deleteWithUndo, useWithoutDeleted } from '#web/ui/delete-with-undo.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { SeverityCountBadges } from './severity-count-badges.tsx';

/** The person's audits, newest first. */
export function AuditList({ toAddress }: { toAddress: (audit: string) => string }) {
  const { t } = useTranslation('contract-audits');
  const format = useFormat();
  const cache = useQueryClient();
  const audits = useAudits();
  const items = useWithoutDeleted(audits.items);
  const remove = ({ id, title }: ContractAuditSummary) =>
    deleteWithUndo({
      id,
      title: t('list.removed', { title }),
      detail: t('list.removedText'),
      send: () => deleteAudit(id),
      reload: () => cache.invalidateQueries({ queryKey: [...auditsKey, 'own'] }),
    });
  return (
    <Card aria-label={t('list.label')}>
      <ListStates
        items={items}
        error={audits.error}
        onRetry={audits.retry}
        empty={
          <EmptyState title={t('list.emptyTitle')} icon={<ShieldCheck />}>
            {t('list.emptyText')}
          </EmptyState>
        }
      >
        {(shown) => (
          <ul className="divide-y divide-line">
            {shown.map((audit) => (
              <li key={audit.id} className="flex items-center gap-3 py-3 first:pt-0 last:pb-0">
                <div className="grid min-w-0 flex-1 gap-1">
                  <Link to={toAddress(audit.id)} className="truncate font-medium">
                    {audit.title}
                  </Link>
                  <div className="flex flex-wrap items-center gap-2 text-xs text-ink-faint">
                    <span>
                      {format.dateTime(audit.createdAt)} · {t('lines', { count: audit.lines })}
                    </span>
                    <SeverityCountBadges counts={audit.counts} />
                  </div>
                </div>
                <IconButton
                  label={t('list.remove', { title: audit.title })}
                  icon={<Trash2 aria-hidden />}
                  onClick={() => remove(audit)}
                />
              </li>
            ))}
          </ul>
        )}
      </ListStates>
      <LoadMore {...audits.more} />
    </Card>
  );
}
