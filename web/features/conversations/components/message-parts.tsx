import { ChevronRight } from 'lucide-react';
import { Fragment } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { splitData } from '#server/contract/split-data.ts';
import { CodeBlock } from '#web/ui/code-block.tsx';

/** The words of a message that came with data, and the data folded: what it says is mostly read in the answer. */
export default function MessageParts({ content }: { content: string }) {
  return splitData(content).map(({ kind, text, at }) =>
    kind === 'words' ? <Fragment key={at}>{text}</Fragment> : <Data key={at} text={text} />,
  );
}

function Data({ text }: { text: string }) {
  const { t } = useTranslation('conversations');
  return (
    <details className="group min-w-0 text-sm whitespace-normal">
      <summary className="flex w-fit list-none items-center gap-1.5 rounded-sm py-1 text-ink-soft hover:text-ink">
        <ChevronRight aria-hidden className="size-4 shrink-0 transition-transform group-open:rotate-90" />
        {t('chat.data')}
      </summary>
      <CodeBlock label={t('chat.data')} code={text} wrap />
    </details>
  );
}
