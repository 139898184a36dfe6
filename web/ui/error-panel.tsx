import { RotateCw } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useProblemTexts } from '#web/lib/problem-texts.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

type ErrorPanelProps = { error: unknown; onRetry?: (() => unknown) | undefined };

/** What went wrong, what to do about it, and a way to try again; announced at once. */
export function ErrorPanel({ error, onRetry }: ErrorPanelProps) {
  const { t } = useTranslation('common');
  const { title, detail, advice, issues, requestId } = useProblemTexts(error);
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
        {/* Of what only software asks for, the hub says them in English. */}
        {detail && <p lang={/\p{Script=Han}/u.test(detail) ? 'zh-CN' : 'en'}>{detail}</p>}
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
        {requestId && <p className="mt-1 text-xs">{t('problem.request', { id: requestId })}</p>}
      </Notice>
    </div>
  );
}
