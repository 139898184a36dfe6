import { Link } from 'react-router';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ConversationHit } from '#server/contract/conversation-hit.ts';
import { useConversationHits } from '#web/features/conversations/api/use-conversation-hits.ts';
import { useFormat } from '#web/lib/format.ts';
import { useWithoutDeleted } from '#web/ui/delete-with-undo.ts';
import { ListStates } from '#web/ui/list-states.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import type { ListPlace } from './conversation-section.tsx';

/** What was found, each with the passage that was looked for; pressing one opens it there. */
export default function ConversationHits({ agent, search, toAddress }: ListPlace & { search: string }) {
  const { t } = useTranslation('conversations');
  const hits = useConversationHits(agent, search);
  const items = useWithoutDeleted(hits.items?.map((hit) => ({ id: hit.conversation.id, hit })));
  return (
    <div role="region" aria-live="polite" aria-label={t('list.search')} className="grid min-w-0 gap-0.5">
      <ListStates
        items={items}
        error={hits.error}
        onRetry={hits.retry}
        empty={!hits.more.hasMore && <p className="px-2 text-sm text-ink-faint">{t('list.noHits')}</p>}
      >
        {(shown) => (
          <ul className="grid min-w-0 gap-0.5">
            {shown.map(({ id, hit }) => (
              <li key={id} className="min-w-0">
                <HitLink hit={hit} address={toAddress(id)} />
              </li>
            ))}
          </ul>
        )}
      </ListStates>
      <LoadMore {...hits.more} />
    </div>
  );
}

function HitLink({ hit: { conversation, message, snippet }, address }: { hit: ConversationHit; address: string }) {
  const { t } = useTranslation('conversations');
  const format = useFormat();
  return (
    <Link
      to={message === null ? address : `${address}#message-${message}`}
      className="grid min-w-0 gap-0.5 rounded-md px-3 py-2 text-ink no-underline hover:bg-sunken"
    >
      <span className="truncate text-sm font-medium">{conversation.title || t('list.untitled')}</span>
      <span className="line-clamp-3 text-xs wrap-anywhere text-ink-soft">
        {snippet.map(({ text, isHit }, place) =>
          isHit ? (
            <mark key={place} className="rounded-sm bg-accent-soft font-semibold text-ink">
              {text}
            </mark>
          ) : (
            text
          ),
        )}
      </span>
      <span className="text-xs text-ink-faint">
        {format.ago(conversation.updatedAt)}
        {conversation.isArchived && ` · ${t('list.view.archive')}`}
      </span>
    </Link>
  );
}
