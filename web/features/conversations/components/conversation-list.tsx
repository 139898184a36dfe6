import { MessageCirclePlus } from 'lucide-react';
import { lazy, Suspense, useDeferredValue, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link } from 'react-router';
import { listedIn } from '#web/features/conversations/api/conversation-queries.ts';
import { laterComponent } from '#web/lib/later-component.ts';
import { Button } from '#web/ui/button.tsx';
import { SegmentedChoice } from '#web/ui/segmented-choice.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { ConversationSection, type ListPlace } from './conversation-section.tsx';

/** Many people pin and file nothing, and nobody searches before the page is there. */
const KeptConversations = laterComponent(async () => (await import('./kept-conversations.tsx')).default);
const ConversationHits = lazy(() => import('./conversation-hits.tsx'));

/** A person's conversations with an agent, in order and to be searched, and the way to a new one. */
export function ConversationList(place: ListPlace) {
  const { t } = useTranslation('conversations');
  const [view, setView] = useState<keyof typeof listedIn>('page');
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed.trim());
  return (
    <nav aria-label={t('list.label')} className="grid min-w-0 content-start gap-3">
      <Button asChild>
        <Link data-commands to={place.toAddress(null)}>
          <MessageCirclePlus aria-hidden />
          {t('list.new')}
        </Link>
      </Button>
      <input
        type="search"
        className="control"
        aria-label={t('list.search')}
        placeholder={t('list.search')}
        value={typed}
        maxLength={200}
        onChange={(event) => setTyped(event.target.value)}
      />
      {search !== '' ? (
        <Suspense fallback={<SkeletonList rows={3} />}>
          <ConversationHits search={search} {...place} />
        </Suspense>
      ) : (
        <>
          <SegmentedChoice
            label={t('list.view.label')}
            value={view}
            onChange={setView}
            options={[
              { value: 'page', label: t('list.view.page') },
              { value: 'trigger', label: t('list.view.trigger') },
              { value: 'archive', label: t('list.view.archive') },
            ]}
          />
          {view === 'page' && <KeptConversations {...place} />}
          <ConversationSection
            listed={listedIn[view]}
            isByDate
            empty={<p className="px-2 text-sm text-ink-faint">{t(`list.empty.${view}`)}</p>}
            {...place}
          />
        </>
      )}
    </nav>
  );
}
