import type { ReactNode } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { DraftKey } from '#web/features/agents/draft-changes.ts';
import { toSectionId } from '#web/features/agents/jump-to-field.ts';

/** One part of the definition: what it is for, and its fields. */
export function BuilderSection({
  name,
  actions,
  children,
}: {
  name: DraftKey;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const { t } = useTranslation('agents');
  const id = toSectionId(name);
  return (
    <section
      id={id}
      tabIndex={-1}
      aria-labelledby={`${id}-title`}
      className="grid min-w-0 scroll-mt-4 gap-4 rounded-lg border border-line bg-surface p-4 shadow-low sm:p-5"
    >
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div className="grid min-w-0 max-w-prose gap-0.5">
          <h2 id={`${id}-title`} className="font-display text-lg">
            {t(`section.${name}`)}
          </h2>
          <p className="text-sm text-ink-soft">{t(`sectionHint.${name}`, { mark: '{{name}}' })}</p>
        </div>
        {actions}
      </header>
      {children}
    </section>
  );
}
