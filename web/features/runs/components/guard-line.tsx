import { ShieldCheck } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { GuardView } from '#web/features/runs/run-view.ts';

/** Says that a guard of the agent took something out, or ended the run; never what it was. */
export default function GuardLine({ guard: { guard, side, action, what, count } }: { guard: GuardView }) {
  const { t } = useTranslation('remarks');
  const names = what.map((name) => t(`guard.what.${name}`, { defaultValue: name })).join(t('guard.and'));
  return (
    <p className="flex items-start gap-2 text-sm text-ink-soft">
      <ShieldCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />
      <span className="min-w-0">
        {action === 'mask'
          ? t(`guard.${side}Masked`, { names, count })
          : t(`guard.${side}Refused`, { guard: t(`guard.kinds.${guard}`, { defaultValue: guard }) })}
      </span>
    </p>
  );
}
