import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ConnectionTest } from '#server/contract/model.ts';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Notice } from '#web/ui/notice.tsx';

type ConnectionTestResultProps = { result: ConnectionTest | undefined; error: unknown };

const shown = 12;

/** What a test found: the models, or why there are none. */
export function ConnectionTestResult({ result, error }: ConnectionTestResultProps) {
  const { t } = useTranslation('models');
  if (error) {
    return (
      <div className="mt-3">
        <ErrorPanel error={error} />
      </div>
    );
  }
  return (
    <div role="status" className="*:mt-3">
      {result && (
        <Notice
          tone={result.works ? 'success' : 'danger'}
          title={result.works ? t('test.works', { count: result.models.length }) : t('test.fails')}
        >
          {!result.works && <p>{result.detail}</p>}
          {result.models.length > 0 && (
            <p className="mt-1 font-mono text-xs break-words">
              {result.models.slice(0, shown).join(' · ')}
              {result.models.length > shown && ` · ${t('test.more', { count: result.models.length - shown })}`}
            </p>
          )}
        </Notice>
      )}
    </div>
  );
}
