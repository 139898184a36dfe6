import { sayUnits } from '#server/contract/say-units.ts';
import type { TransactionProposal } from '#server/contract/transaction-proposal.ts';
import { useLanguage, useTranslation } from '#web/lib/i18n/use-translation.ts';
import { CodeBlock } from '#web/ui/code-block.tsx';

/** What is called with what, as far as it is known, and the bytes themselves. */
export function CallDetails({ proposal: { simulation, transaction } }: { proposal: TransactionProposal }) {
  const { t } = useTranslation('transactions');
  const language = useLanguage() === 'en' ? 'en' : 'zh';
  const { call } = simulation;
  if (call === null) return null;
  return (
    <details className="group min-w-0 text-sm">
      <summary className="min-h-9 cursor-pointer content-center font-semibold">
        {t('call.title')} <span className="font-mono text-xs font-normal break-all">{call.name}</span>
      </summary>
      <div className="grid grid-cols-1 gap-3 pt-2">
        {call.arguments.length > 0 && (
          <dl className="grid gap-2">
            {call.arguments.map(({ name, type, value }, place) => (
              <div key={`${place} ${name}`} className="grid gap-0.5 border-l-2 border-line pl-3">
                <dt className="font-mono text-xs text-ink-faint">
                  {name} <span>{type}</span>
                </dt>
                <dd className="font-mono text-xs break-all">{sayUnits(value, language)}</dd>
              </div>
            ))}
          </dl>
        )}
        <CodeBlock label={t('call.data')} code={transaction.data} wrap />
      </div>
    </details>
  );
}
