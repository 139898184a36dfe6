import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { ExampleList } from '#web/ui/example-list.tsx';

const examples = ['letters', 'shop', 'notes'] as const;

/** Some descriptions to begin from. */
export function DescriptionExamples({ onChoose }: { onChoose: (text: string) => void }) {
  const { t } = useTranslation('proposals');
  return (
    <ExampleList
      label={t('examples.label')}
      examples={examples.map((example) => t(`examples.${example}`))}
      onChoose={onChoose}
    />
  );
}
