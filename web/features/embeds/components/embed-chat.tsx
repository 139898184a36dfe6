import { RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useVisit } from '#web/features/embeds/use-visit.ts';
import { isProblem } from '#web/lib/api-problem.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useDocumentTitle } from '#web/lib/use-document-title.ts';
import { Button } from '#web/ui/button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { EmbedComposer } from './embed-composer.tsx';
import { EmbedHeader } from './embed-header.tsx';
import { VisitTurns } from './visit-turns.tsx';

type EmbedChatProps = {
  agent: string;
  /** Where the hub shows the agent. */
  agentAddress: string;
  /** Told when the visitor closes the chat; null where the site around it has no way to. */
  onClose: (() => void) | null;
};

/** A chat with one agent in another site's frame. */
export function EmbedChat({ agent, agentAddress, onClose }: EmbedChatProps) {
  const { t } = useTranslation('embeds');
  const visit = useVisit(agent);
  const { opening, failure } = visit;
  useDocumentTitle(opening?.agent.name ?? t('chat.title'));
  if (failure !== null) {
    return (
      <Frame>
        <EmbedHeader opening={null} onClose={onClose} onStartOver={null} />
        <div className="grid min-h-0 flex-1 content-center overflow-y-auto p-4">
          {isProblem(failure, 'forbidden') ? (
            <EmptyState level={1} title={t('chat.closed')}>
              {t('chat.closedText')}
            </EmptyState>
          ) : (
            <ErrorPanel error={failure} onRetry={visit.reload} />
          )}
        </div>
      </Frame>
    );
  }
  const hasSaid = visit.turns.length > 0;
  const needsForm = opening !== null && opening.variables.length > 0 && visit.variables === null;
  return (
    <Frame>
      <EmbedHeader opening={opening} onClose={onClose} onStartOver={hasSaid ? () => void visit.startOver() : null} />
      {opening === null ? (
        <div className="flex-1 p-4">
          <SkeletonList rows={2} rowClassName="h-16 w-full" />
        </div>
      ) : (
        <>
          <VisitTurns visit={visit} opening={opening} needsForm={needsForm} />
          {visit.isFull && !visit.isReading ? (
            <div className="px-4 pb-3" role="status">
              <Notice
                tone="warning"
                title={t('chat.full', { count: opening.maximumMessages })}
                actions={
                  <Button size="small" icon={<RotateCcw aria-hidden />} onClick={() => void visit.startOver()}>
                    {t('chat.startOver')}
                  </Button>
                }
              >
                {t('chat.fullText')}
              </Notice>
            </div>
          ) : (
            <EmbedComposer
              agentName={opening.agent.name}
              isRunning={visit.isReading}
              isReady={!needsForm && !visit.isFull}
              onSend={visit.send}
              onStop={visit.stop}
            />
          )}
        </>
      )}
      <p className="px-4 pb-2 text-center text-xs text-ink-faint">
        {t('chat.poweredBy')}{' '}
        <a href={agentAddress} target="_blank" rel="noopener" className="text-link">
          Atrium
        </a>
      </p>
    </Frame>
  );
}

function Frame({ children }: { children: ReactNode }) {
  return <div className="flex h-dvh min-w-0 flex-col">{children}</div>;
}
