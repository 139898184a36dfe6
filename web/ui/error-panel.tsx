import { RotateCw } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useProblemTexts } from '#web/lib/problem-texts.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

type ErrorPanelProps = { error: unknown; onRetry?: (() => unknown) | undefined };

/** What went wrong, what to do about it, and a way to try again; announced at once. */
export function ErrorPanel({ error, onRetry }: ErrorPanelProps) {
  const { t, language } = useTranslation('common');
  const { title, detail, advice, issues, requestId } = useProblemTexts(error);
  // Details that only software asks for are in English.
  const isForeign = language !== 'en' && detail !== null && !/\p{Script=Han}/u.test(detail);
  return (
    <div role="alert">
      <Notice
        tone="danger"
        title={title}
        actions={
          onRetry && (
            <Button size="small" icon={<RotateCw aria-hidden />} onClick={() => void onRetry()}>
              {t('action.retry')}
            </Button>
          )
        }
      >
        {detail && !isForeign && <p>{detail}</p>}
        {issues.length > 0 && (
          <ul className="my-1 list-disc pl-5">
            {issues.map((issue) => (
              <li key={issue.path + issue.message}>
                <code className="font-mono">{issue.path}</code>: {issue.message}
              </li>
            ))}
          </ul>
        )}
        {advice && <p>{advice}</p>}
        {detail && isForeign && (
          <p lang="en" className={advice ? 'mt-1 text-xs' : undefined}>
            {detail}
          </p>
        )}
        {requestId && <p className="mt-1 text-xs">{t('problem.request', { id: requestId })}</p>}
      </Notice>
    </div>
  );
}
