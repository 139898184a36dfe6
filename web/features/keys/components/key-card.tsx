import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ApiKey } from '#server/contract/api-key.ts';
import { useFormat } from '#web/lib/format.ts';
import { useBudgetLines } from '#web/lib/use-budget-lines.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { Facts } from '#web/ui/facts.tsx';
import { Progress } from '#web/ui/progress.tsx';

/** One key: its name and beginning, what it may do, and what it did so far. */
export function KeyCard({
  apiKey,
  onBudget,
  onRevoke,
}: {
  apiKey: ApiKey;
  onBudget: () => void;
  onRevoke: () => void;
}) {
  const { t } = useTranslation('keys');
  const format = useFormat();
  const lines = useBudgetLines(apiKey.budget, apiKey.spentThisMonth);
  const expired = apiKey.expiresAt !== null && Date.parse(apiKey.expiresAt) < Date.now();

  return (
    <li className="rounded-lg border border-line bg-surface p-5 shadow-low">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="grid min-w-0 gap-1">
          <h2 className="flex flex-wrap items-center gap-2 text-lg font-semibold">
            {apiKey.name}
            {expired && <Badge tone="warning">{t('card.expired')}</Badge>}
          </h2>
          <code className="font-mono text-sm text-ink-soft">{apiKey.prefix}…</code>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button size="small" aria-label={t('budget.open', { name: apiKey.name })} onClick={onBudget}>
            {t('budget.button')}
          </Button>
          <Button size="small" aria-label={t('revoke.button', { name: apiKey.name })} onClick={onRevoke}>
            {t('revoke.confirm')}
          </Button>
        </div>
      </div>
      <ul className="mt-3 flex flex-wrap gap-1.5" aria-label={t('field.scopes')}>
        {apiKey.scopes.map((scope) => (
          <li key={scope}>
            <Badge tone={scope === 'admin' ? 'warning' : 'neutral'}>{t(`scope.${toScopeKey(scope)}.name`)}</Badge>
          </li>
        ))}
      </ul>
      <Facts
        className="mt-4 border-t border-line pt-4"
        facts={[
          [t('field.agents'), apiKey.agents.map(({ handle }) => handle).join(', ') || t('card.allAgents')],
          [t('card.ends'), apiKey.expiresAt ? format.date(apiKey.expiresAt) : t('expiry.never')],
          [t('card.lastUsed'), apiKey.lastUsedAt ? format.ago(apiKey.lastUsedAt) : t('common:never')],
          [t('card.requests'), format.number(apiKey.requestCount)],
          [t('card.tokens'), format.compact(apiKey.totalTokens)],
          [t('card.cost'), format.usd(apiKey.costUsd)],
        ]}
      />
      {lines.length > 0 && (
        <ul
          className="mt-4 grid gap-3 border-t border-line pt-4 text-sm sm:grid-cols-2"
          aria-label={t('budget.legend')}
        >
          {lines.map(({ kind, text, share }) => (
            <li key={kind} className="grid gap-1.5">
              <span className={share >= 1 ? 'text-danger' : undefined}>{`${t('card.month')}: ${text}`}</span>
              <Progress label={text} value={share} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** A scope as it stands in the texts, where a colon would part namespaces. */
export function toScopeKey(scope: ApiKey['scopes'][number]): string {
  return scope.replace(':', '-');
}
