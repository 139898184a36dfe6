import type { PersonHoldings } from '#server/contract/person-removal.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { ScrollRegion } from '#web/ui/scroll-region.tsx';
import { useShownName } from '#web/lib/use-shown-name.ts';

const kinds = [
  'conversations',
  'files',
  'keys',
  'connections',
  'toolsets',
  'triggers',
  'datasets',
  'queries',
  'dashboards',
  'audits',
] as const;

type HoldingsSummaryProps = { holdings: PersonHoldings; sharedTitle: string };

/** What goes with a person, in figures, and the agents that others would miss, by name. */
export function HoldingsSummary({ holdings: { counts, sharedAgents }, sharedTitle }: HoldingsSummaryProps) {
  const { t, language } = useTranslation('accounts');
  const toName = useShownName();
  const privateAgents = counts.agents - sharedAgents.length;
  const lines = [
    ...(privateAgents > 0 ? [t('removal.count.privateAgents', { count: privateAgents })] : []),
    ...kinds.filter((kind) => counts[kind] > 0).map((kind) => t(`removal.count.${kind}`, { count: counts[kind] })),
  ];
  return (
    <>
      <div className="grid gap-1">
        <p className="text-sm font-medium">{t('removal.goes')}</p>
        <p className="text-ink-soft">
          {lines.length > 0 ? new Intl.ListFormat(language).format(lines) : t('removal.nothing')}
        </p>
      </div>
      {sharedAgents.length > 0 && (
        <div className="grid gap-1">
          <p className="text-sm font-medium">{sharedTitle}</p>
          <ScrollRegion label={sharedTitle} className="max-h-40 text-ink-soft">
            <ul className="grid gap-1">
              {sharedAgents.map((agent) => (
                <li key={agent.id} className="flex min-w-0 justify-between gap-3">
                  <span className="truncate">{toName(agent)}</span>
                  <span className="shrink-0 text-sm text-ink-faint">
                    {t('removal.people', { count: agent.people })}
                  </span>
                </li>
              ))}
            </ul>
          </ScrollRegion>
        </div>
      )}
    </>
  );
}
