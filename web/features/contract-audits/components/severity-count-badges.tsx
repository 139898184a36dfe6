import { FindingSeverity, type SeverityCounts } from '#server/contract/contract-audit.ts';
import { severityTones } from '#web/features/contract-audits/severity-tones.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Badge } from '#web/ui/badge.tsx';

/** How many findings there are of each severity, without those of which there are none. */
export function SeverityCountBadges({ counts }: { counts: SeverityCounts }) {
  const { t } = useTranslation('contract-audits');
  return FindingSeverity.options
    .filter((severity) => counts[severity] > 0)
    .map((severity) => (
      <Badge key={severity} tone={severityTones[severity]}>
        {counts[severity]} {t(`severity.${severity}`)}
      </Badge>
    ));
}
