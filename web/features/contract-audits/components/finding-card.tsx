import type { AuditFinding } from '#server/contract/contract-audit.ts';
import { severityTones } from '#web/features/contract-audits/severity-tones.ts';
import { classNames } from '#web/lib/class-names.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useLocalized } from '#web/lib/use-localized.ts';
import { Badge } from '#web/ui/badge.tsx';
import { PatchBlock } from './patch-block.tsx';

type FindingCardProps = { finding: AuditFinding; isChosen: boolean; onChoose: () => void };

/** A finding in a line; the chosen one with why, what to do, and its patch. */
export function FindingCard({ finding, isChosen, onChoose }: FindingCardProps) {
  const { t } = useTranslation('contract-audits');
  const localize = useLocalized();
  const { id, title, severity, confidence, weaknesses, rules, place, why, advice, patch } = finding;
  const inside = [finding.contract, finding.function].filter((name) => name !== null).join('.');
  return (
    <li
      className={classNames(
        'min-w-0 rounded-lg border bg-surface shadow-low',
        isChosen ? 'border-accent' : 'border-line',
      )}
    >
      <button
        type="button"
        aria-expanded={isChosen}
        onClick={onChoose}
        className="flex w-full min-w-0 items-start gap-3 rounded-lg p-4 text-left hover:bg-sunken"
      >
        <span className="shrink-0 font-mono text-sm text-ink-faint">{id}</span>
        <span className="grid min-w-0 flex-1 gap-1">
          <span className="font-medium">{localize(title)}</span>
          <span className="font-mono text-xs wrap-anywhere text-ink-faint">
            {place.file}:{place.line}
            {inside !== '' && ` · ${inside}`}
          </span>
        </span>
        <Badge tone={severityTones[severity]}>{t(`severity.${severity}`)}</Badge>
      </button>
      {isChosen && (
        <div className="grid gap-3 border-t border-line p-4 text-sm">
          <p>{localize(why)}</p>
          <p>
            <strong>{t('finding.advice')}</strong> {localize(advice)}
          </p>
          <p className="text-xs text-ink-faint">
            {t(`confidence.${confidence}`)} · {[...weaknesses, ...rules].join(', ')}
          </p>
          {patch && <PatchBlock patch={patch} />}
        </div>
      )}
    </li>
  );
}
