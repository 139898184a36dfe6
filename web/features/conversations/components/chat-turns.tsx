import { type ComponentProps, Suspense } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { ThinkingLine } from '#web/features/runs/components/thinking-line.tsx';
import { prepareBlocks } from '#web/features/runs/markdown/late-blocks.ts';
import { lazyComponent } from '#web/lib/lazy-component.ts';
import { PersonMessage } from './person-message.tsx';

// What shows messages, Markdown and charts is half of a chat's code, and an opening needs none of it.
const TurnList = lazyComponent(async () => (await import('./turn-list.tsx')).TurnList);

/** Loads what shows messages, before the first one is there; a failure is shown where they are drawn. */
export const prepareTurns = (): Promise<unknown> => Promise.allSettled([TurnList.load(), prepareBlocks()]);

/** The messages, once there are any. */
export function ChatTurns(props: ComponentProps<typeof TurnList>) {
  const { t } = useTranslation('conversations');
  const { sent, live, storedTurns, isReading } = props.chat;
  const isEmpty = storedTurns.length === 0 && sent === null && live === null;
  return (
    <div
      role="log"
      aria-live="off"
      aria-label={t('chat.messages')}
      aria-busy={isReading}
      className="flex min-w-0 flex-col gap-6 empty:hidden"
    >
      {!isEmpty && (
        <Suspense fallback={sent && <FirstMessage content={sent.content} files={sent.files} place={null} />}>
          <TurnList {...props} />
        </Suspense>
      )}
    </div>
  );
}

function FirstMessage(sent: ComponentProps<typeof PersonMessage>) {
  return (
    <>
      <PersonMessage {...sent} />
      <ThinkingLine />
    </>
  );
}
