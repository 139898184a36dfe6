import { Download, Ellipsis, History, MessageCircle, Redo2, ThumbsUp, Undo2 } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useWatch } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link } from 'react-router';
import type { Agent } from '#server/contract/agent.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { AgentPaths } from '#web/features/agents/agent-paths.ts';
import { toAgentAddress } from '#web/features/agents/api/agent-address.ts';
import { toPicture } from '#web/features/agents/to-picture.ts';
import type { Draft } from '#web/features/agents/use-draft.ts';
import { Button } from '#web/ui/button.tsx';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { Menu, MenuItem } from '#web/ui/menu.tsx';
import { Portrait } from '#web/ui/portrait.tsx';
import { SaveStateLine } from './save-state-line.tsx';

const PublishDialog = lazyDialog(async () => (await import('./publish-dialog.tsx')).PublishDialog);
const FeedbackDialog = lazyDialog(
  async () => (await import('#web/features/feedback/components/feedback-dialog.tsx')).FeedbackDialog,
);
const VersionsDialog = lazyDialog(async () => (await import('./versions-dialog.tsx')).VersionsDialog);

/** The agent's name and state, and what can be done with the draft as a whole. */
export function BuilderHeader({
  draft,
  paths,
  renderPublishGate,
  share,
}: {
  draft: Draft;
  paths: Pick<AgentPaths, 'chat' | 'conversation'>;
  renderPublishGate: (agent: Agent) => ReactNode;
  /** The way to give the agent to others. */
  share: ReactNode;
}) {
  const { t } = useTranslation('agents');
  const [open, setOpen] = useState<'publish' | 'versions' | 'feedback' | null>(null);
  const { stored, saver, undo, redo, canUndo, canRedo } = draft;
  const name = useWatch<AgentDefinition, 'identity.name'>({ name: 'identity.name' });
  const avatar = useWatch<AgentDefinition, 'identity.avatar'>({ name: 'identity.avatar' });
  useUndoKeys(undo, redo);

  const show = async (dialog: 'publish' | 'versions') => {
    await saver.flush();
    setOpen(dialog);
  };
  return (
    <header className="flex items-center gap-x-2 border-b border-line px-4 py-2 sm:gap-x-3">
      <Portrait picture={toPicture({ handle: stored.handle, avatar }, stored.avatar)} size="sm" />
      <div className="grid min-w-0 flex-1">
        <h1 className="truncate font-display text-lg leading-snug">{name || t('builder.unnamed')}</h1>
        <SaveStateLine draft={draft} />
      </div>
      <div data-commands className="flex items-center gap-1">
        <IconButton
          className="max-sm:hidden"
          label={t('builder.undo')}
          icon={<Undo2 />}
          disabled={!canUndo}
          onClick={undo}
        />
        <IconButton
          className="max-sm:hidden"
          label={t('builder.redo')}
          icon={<Redo2 />}
          disabled={!canRedo}
          onClick={redo}
        />
        {share}
        <Menu
          label={t('builder.more')}
          trigger={
            <IconButton
              label={t('builder.more')}
              data-also={[t('builder.versions'), t('builder.feedback'), t('builder.export')].join(' ')}
              icon={<Ellipsis />}
              tooltip={false}
            />
          }
        >
          <div className="sm:hidden">
            <MenuItem icon={<Undo2 aria-hidden />} disabled={!canUndo} onSelect={undo}>
              {t('builder.undo')}
            </MenuItem>
            <MenuItem icon={<Redo2 aria-hidden />} disabled={!canRedo} onSelect={redo}>
              {t('builder.redo')}
            </MenuItem>
          </div>
          <MenuItem icon={<History aria-hidden />} onSelect={() => void show('versions')}>
            {t('builder.versions')}
          </MenuItem>
          <MenuItem icon={<ThumbsUp aria-hidden />} onSelect={() => setOpen('feedback')}>
            {t('builder.feedback')}
          </MenuItem>
          {stored.can.export && (
            <MenuItem asChild>
              <a href={toAgentAddress(stored.id, 'export')} download>
                <Download aria-hidden />
                {t('builder.export')}
              </a>
            </MenuItem>
          )}
          {stored.publishedVersion !== null && (
            <MenuItem asChild>
              <Link to={paths.chat(stored.handle)}>
                <MessageCircle aria-hidden />
                {t('builder.openChat')}
              </Link>
            </MenuItem>
          )}
        </Menu>
        <Button
          variant="primary"
          className="max-sm:px-3"
          disabled={!stored.can.publish}
          onClick={() => void show('publish')}
        >
          {t('builder.publish')}
        </Button>
      </div>
      <PublishDialog
        open={open === 'publish'}
        onOpenChange={(isOpen) => setOpen(isOpen ? 'publish' : null)}
        draft={draft}
        gate={renderPublishGate(stored)}
      />
      <FeedbackDialog
        open={open === 'feedback'}
        onOpenChange={(isOpen) => setOpen(isOpen ? 'feedback' : null)}
        agent={stored.id}
      />
      <VersionsDialog
        open={open === 'versions'}
        onOpenChange={(isOpen) => setOpen(isOpen ? 'versions' : null)}
        draft={draft}
        toConversation={paths.conversation}
      />
    </header>
  );
}

/** Inside a text field the browser's own undo stays; elsewhere, also in the instructions, the keys go over the whole draft. */
function useUndoKeys(undo: () => void, redo: () => void) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement | null;
      const isText = target?.closest('input:not([type=checkbox], [type=radio]), textarea');
      if (!(event.ctrlKey || event.metaKey) || event.altKey || isText || target?.closest('[role=dialog]')) return;
      const key = event.key.toLowerCase();
      if ((key !== 'z' && key !== 'y') || event.defaultPrevented) return;
      event.preventDefault();
      if (key === 'y' || event.shiftKey) redo();
      else undo();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [undo, redo]);
}
