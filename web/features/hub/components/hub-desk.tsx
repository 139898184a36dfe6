import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { HubPaths } from '#web/features/hub/hub-paths.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { Tabs } from '#web/ui/tabs.tsx';
import { CategoryEditor } from './category-editor.tsx';
import { FeaturedEditor } from './featured-editor.tsx';
import { ListingQueue } from './listing-queue.tsx';
import { ReportQueue } from './report-queue.tsx';

/** Where administrators keep the hub in order. */
export function HubDesk({ paths }: { paths: HubPaths }) {
  const { t } = useTranslation('hub');
  const [tab, setTab] = useState<'queue' | 'featured' | 'categories'>('queue');
  return (
    <>
      <PageHeader title={t('desk.title')} description={t('desk.description')} />
      <Tabs
        label={t('desk.title')}
        value={tab}
        onValueChange={setTab}
        tabs={[
          {
            value: 'queue',
            label: t('desk.queue'),
            content: (
              <div className="grid gap-8">
                <ReportQueue paths={paths} />
                <ListingQueue paths={paths} />
              </div>
            ),
          },
          { value: 'featured', label: t('desk.featured'), content: <FeaturedEditor /> },
          { value: 'categories', label: t('desk.categories'), content: <CategoryEditor /> },
        ]}
      />
    </>
  );
}
