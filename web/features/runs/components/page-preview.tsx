import { Maximize2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { SegmentedChoice } from '#web/ui/segmented-choice.tsx';
import { SandboxedPage } from './sandboxed-page.tsx';

const longestPage = 1_000_000;

/** HTML that an agent wrote: its source (`children`), or the page that it makes, closed in. */
export default function PagePreview({
  source,
  startsAsPage = false,
  children,
}: {
  source: string;
  startsAsPage?: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation('runs');
  const [view, setView] = useState<'source' | 'page'>(startsAsPage ? 'page' : 'source');
  const [isLarge, setIsLarge] = useState(false);
  if (source.length > longestPage)
    return (
      <div className="grid min-w-0 gap-2">
        <Notice>{t('page.tooLong')}</Notice>
        {children}
      </div>
    );
  return (
    <div className="grid min-w-0 gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <SegmentedChoice
          label={t('page.view')}
          value={view}
          onChange={setView}
          options={[
            { value: 'source', label: t('page.asSource') },
            { value: 'page', label: t('page.asPage') },
          ]}
        />
        {view === 'page' && (
          <Button size="small" variant="quiet" icon={<Maximize2 aria-hidden />} onClick={() => setIsLarge(true)}>
            {t('page.larger')}
          </Button>
        )}
      </div>
      {view === 'source' ? (
        children
      ) : (
        <>
          {!isLarge && <SandboxedPage source={source} className="h-96" />}
          <p className="text-xs text-ink-faint">{t('page.closed')}</p>
        </>
      )}
      <Dialog open={isLarge} onOpenChange={setIsLarge} size="large" title={t('page.name')}>
        <SandboxedPage source={source} className="h-[70dvh]" />
      </Dialog>
    </div>
  );
}
