import { useQueryClient } from '@tanstack/react-query';
import { ChevronRight, Ellipsis, Folder, Pencil, Trash2 } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ConversationFolder } from '#server/contract/conversation-folder.ts';
import { conversationKeys } from '#web/features/conversations/api/conversation-queries.ts';
import { deleteFolder, foldersQuery, renameFolder } from '#web/features/conversations/api/folder-requests.ts';
import { classNames } from '#web/lib/class-names.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { holdPlace } from '#web/ui/hold-place.ts';
import { IconButton } from '#web/ui/icon-button.tsx';
import { Menu, MenuItem } from '#web/ui/menu.tsx';
import { ConversationSection, type ListPlace } from './conversation-section.tsx';

const RenameDialog = lazyDialog(async () => (await import('./rename-dialog.tsx')).RenameDialog);

/** A folder that opens to show what lies in it. */
export function FolderSection({ folder, ...place }: ListPlace & { folder: ConversationFolder }) {
  const { t } = useTranslation('conversations');
  const queryClient = useQueryClient();
  const item = useRef<HTMLLIElement>(null);
  const contents = useId();
  const [isOpen, setIsOpen] = useState(false);
  const [asks, setAsks] = useState<'rename' | 'delete' | null>(null);
  const { id, name } = folder;
  const close = () => setAsks(null);
  const reload = async () => {
    await queryClient.invalidateQueries({ queryKey: foldersQuery.queryKey });
    await queryClient.invalidateQueries({ queryKey: conversationKeys.lists });
  };
  return (
    <li ref={item} className="grid min-w-0 grid-cols-1 gap-0.5">
      <div className="flex items-center rounded-md hover:bg-sunken">
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={contents}
          onClick={() => setIsOpen(!isOpen)}
          className="flex min-h-11 min-w-0 flex-1 cursor-pointer items-center gap-2 px-3 text-left text-sm"
        >
          <ChevronRight
            aria-hidden
            className={classNames('size-4 shrink-0 transition-transform', isOpen && 'rotate-90')}
          />
          <Folder aria-hidden className="size-4 shrink-0 text-accent" />
          <span className="truncate">{name}</span>
        </button>
        <Menu
          label={t('folders.actions', { name })}
          trigger={
            <IconButton size="small" label={t('folders.actions', { name })} icon={<Ellipsis />} tooltip={false} />
          }
        >
          <MenuItem icon={<Pencil aria-hidden />} onSelect={() => setAsks('rename')}>
            {t('list.rename')}
          </MenuItem>
          <MenuItem icon={<Trash2 aria-hidden />} tone="danger" onSelect={() => setAsks('delete')}>
            {t('common:action.delete')}
          </MenuItem>
        </Menu>
      </div>
      <div id={contents} hidden={!isOpen} className="ml-4 grid min-w-0 grid-cols-1 gap-0.5 border-l border-line pl-1">
        {isOpen && (
          <ConversationSection
            listed={{ folder: id }}
            empty={<p className="px-3 py-2 text-sm text-ink-faint">{t('folders.empty')}</p>}
            {...place}
          />
        )}
      </div>
      {asks === 'rename' && (
        <RenameDialog
          open
          title={t('folders.renameTitle')}
          label={t('folders.name')}
          name={name}
          longest={80}
          onRename={async (renamed) => {
            await renameFolder(id, renamed);
            await reload();
          }}
          onClose={close}
        />
      )}
      <ConfirmDialog
        open={asks === 'delete'}
        onOpenChange={close}
        title={t('folders.deleteTitle', { name })}
        description={t('folders.deleteText')}
        confirmLabel={t('common:action.delete')}
        onConfirm={async () => {
          const keepFocus = holdPlace(item.current);
          await deleteFolder(id);
          await reload();
          keepFocus();
        }}
      />
    </li>
  );
}
