import type { AuditReport } from '#server/contract/contract-audit.ts';
import { toUnreadWords } from '#server/contract/unread-source.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useLocalized } from '#web/lib/use-localized.ts';
import { CodeBlock } from '#web/ui/code-block.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { Notice } from '#web/ui/notice.tsx';

/** What could not be read, what was not given, and what the compiler said. */
export function CompilationNotes({ report }: { report: AuditReport }) {
  const { t } = useTranslation('contract-audits');
  const localize = useLocalized();
  const { unread, missingImports, compilation, isCut, origin } = report;
  return (
    <>
      {origin !== null && (
        <Notice title={t('notes.origin', { from: origin.from, chain: origin.chain, compiler: origin.compiler })}>
          <p className="font-mono wrap-anywhere">
            {origin.address}
            {origin.implementation !== null && ` → ${origin.implementation}`}
          </p>
        </Notice>
      )}
      {unread.length > 0 && (
        <Notice tone="danger" title={t('notes.unread')}>
          <ul className="list-disc pl-5 wrap-anywhere">
            {unread.map(({ path, line, column, problem }) => (
              <li key={path}>
                <code className="font-mono">
                  {path}:{line}:{column}
                </code>{' '}
                {localize(toUnreadWords(problem))}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {missingImports.length > 0 && (
        <Notice tone="warning" title={t('notes.missing')}>
          <ul className="list-disc pl-5 font-mono wrap-anywhere">
            {missingImports.map((path) => (
              <li key={path}>{path}</li>
            ))}
          </ul>
        </Notice>
      )}
      {isCut && <Notice tone="warning">{t('notes.cut')}</Notice>}
      {compilation.status === 'not-run' && <Notice>{localize(compilation.reason)}</Notice>}
      {compilation.status === 'failed' && (
        <CodeBlock
          code={compilation.errors.join('\n\n')}
          label={t('notes.failed', { version: compilation.version })}
          wrap
        />
      )}
      {compilation.status === 'done' && (
        <details className="min-w-0 rounded-md border border-line bg-surface p-4 text-sm">
          <summary className="cursor-pointer font-medium">
            {t('notes.done', { version: compilation.version, count: compilation.warnings.length })}
          </summary>
          <div className="mt-4 grid gap-4">
            <DataTable
              caption={t('notes.contracts')}
              rows={compilation.contracts.map((contract) => ({ ...contract, id: `${contract.file}:${contract.name}` }))}
              rowKey={({ id }) => id}
              columns={[
                { key: 'name', header: t('notes.contract'), isRowHeader: true, cell: ({ name }) => name },
                { key: 'bytes', header: t('notes.bytes'), cell: ({ bytecodeBytes }) => bytecodeBytes },
                {
                  key: 'storage',
                  header: t('notes.storage'),
                  cell: ({ storage }) => (
                    <ul className="font-mono text-xs">
                      {storage.map(({ name, type, slot, offset }) => (
                        <li key={`${slot}.${offset}`}>
                          {slot}+{offset} {type} {name}
                        </li>
                      ))}
                    </ul>
                  ),
                },
              ]}
            />
            {compilation.warnings.length > 0 && (
              <CodeBlock code={compilation.warnings.join('\n\n')} label={t('notes.warnings')} wrap />
            )}
          </div>
        </details>
      )}
    </>
  );
}
