import { useTranslation } from '#web/lib/i18n/use-translation.ts';

const examples = ['letters', 'shop', 'notes'] as const;

/** Some descriptions to begin from. */
export function DescriptionExamples({ onChoose }: { onChoose: (text: string) => void }) {
  const { t } = useTranslation('proposals');
  return (
    <ul aria-label={t('examples.label')} className="grid gap-2">
      {examples.map((example) => (
        <li key={example} className="grid">
          <button
            type="button"
            onClick={() => onChoose(t(`examples.${example}`))}
            className="rounded-md border border-line bg-surface px-4 py-2.5 text-left text-sm shadow-low transition-colors hover:border-accent hover:bg-accent-soft"
          >
            {t(`examples.${example}`)}
          </button>
        </li>
      ))}
    </ul>
  );
}
