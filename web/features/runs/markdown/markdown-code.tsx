import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { CodeBlock } from '#web/ui/code-block.tsx';

/** Code inside another block, such as a list. */
export function MarkdownCode({ language, text }: { language: string; text: string }) {
  const { t } = useTranslation('runs');
  return <CodeBlock label={language || t('code')} code={text} />;
}
