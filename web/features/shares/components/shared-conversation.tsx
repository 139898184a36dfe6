import { useQuery } from '@tanstack/react-query';
import { Link2Off } from 'lucide-react';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { SharedMessage } from '#server/contract/conversation-share.ts';
import { sharedConversationQuery } from '#web/features/shares/api/share-requests.ts';
import { FileAddress, toSharedFileAddress } from '#web/features/files/file-address.ts';
import AttachedFiles from '#web/features/runs/components/attached-files.tsx';
import { Markdown } from '#web/features/runs/markdown/markdown.tsx';
import { isProblem } from '#web/lib/api-problem.ts';
import { useFormat } from '#web/lib/format.ts';
import { useDocumentTitle } from '#web/lib/use-document-title.ts';
import { useShownName } from '#web/lib/use-shown-name.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Portrait } from '#web/ui/portrait.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';

const ArtifactList = lazy(() => import('#web/features/runs/components/artifact-list.tsx'));
const SourceList = lazy(() => import('#web/features/runs/components/source-list.tsx'));

/** A conversation as it was when its person shared it, to be read only. */
export function SharedConversation({ share }: { share: string }) {
  const { t } = useTranslation('shares');
  const format = useFormat();
  const { data, error, refetch } = useQuery(sharedConversationQuery(share));
  const toName = useShownName();
  const toAddress = useMemo(() => toSharedFileAddress(share), [share]);
  const title = data?.title || t('share.untitled');
  useDocumentTitle(data ? title : t('shared.label'));
  if (isProblem(error, 'not_found')) {
    return (
      <EmptyState level={1} title={t('shared.gone')} icon={<Link2Off />}>
        {t('shared.goneText')}
      </EmptyState>
    );
  }
  if (error) return <ErrorPanel error={error} onRetry={refetch} />;
  if (!data) return <SkeletonList rows={3} rowClassName="h-20 w-full" />;
  const { person, messages, createdAt, expiresAt } = data;
  const agent = toName({ name: data.agent, translations: data.translations });
  return (
    <FileAddress value={toAddress}>
      <header className="grid gap-1 border-b border-line pb-5">
        <h1 className="font-display text-2xl tracking-tight wrap-anywhere">{title}</h1>
        <p className="text-sm text-ink-soft">
          {person === null ? t('shared.with', { agent }) : t('shared.by', { person, agent })}
        </p>
        <p className="text-xs text-ink-faint">
          {t('shared.frozen', { date: format.dateTime(createdAt) })}
          {expiresAt && ` ${t('shared.until', { date: format.dateTime(expiresAt) })}`}
        </p>
      </header>
      <div role="log" aria-live="off" aria-label={t('shared.messages')} className="grid min-w-0 gap-6 pt-6">
        {messages.map((message) =>
          message.role === 'user' ? (
            <SharedQuestion key={message.id} message={message} person={person ?? t('shared.person')} />
          ) : (
            <SharedAnswer
              key={message.id}
              message={message}
              agent={message.agent === null || message.agent === data.agent ? agent : message.agent}
            />
          ),
        )}
      </div>
    </FileAddress>
  );
}

function SharedQuestion({ message: { content, files }, person }: { message: SharedMessage; person: string }) {
  return (
    <article aria-label={person} className="grid min-w-0 justify-items-end gap-2">
      <AttachedFiles files={files} />
      <p className="max-w-[85%] min-w-0 rounded-lg border border-line bg-sunken px-4 py-2.5 wrap-anywhere whitespace-pre-wrap">
        {content}
      </p>
    </article>
  );
}

function SharedAnswer({ message, agent }: { message: SharedMessage; agent: string }) {
  const { id, content, sources, artifacts } = message;
  const prefix = `source-${id}-`;
  return (
    <article aria-label={agent} className="grid min-w-0 grid-cols-1 gap-2 sm:grid-cols-[2rem_minmax(0,1fr)] sm:gap-x-3">
      <div className="hidden sm:block">
        <Portrait picture={{ kind: 'drawn', style: 'shapes', seed: agent, color: '#0b6457' }} size="sm" />
      </div>
      <div className="grid min-w-0 gap-3">
        <p className="text-sm font-medium wrap-anywhere">{agent}</p>
        <Markdown text={content} sources={sources} sourcePrefix={prefix} />
        <Suspense fallback={null}>
          {artifacts.length > 0 && <ArtifactList artifacts={artifacts} />}
          {sources.length > 0 && <SourceList sources={sources} prefix={prefix} />}
        </Suspense>
      </div>
    </article>
  );
}
