import { useQueryClient } from '@tanstack/react-query';
import { Pencil, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link } from 'react-router';
import type { Memory } from '#server/contract/memory.ts';
import { deleteMemory, memoriesKey, updateMemory } from '#web/features/memories/api/memory-requests.ts';
import { useFormat } from '#web/lib/format.ts';
import { Badge } from '#web/ui/badge.tsx';
import { deleteWithUndo } from '#web/ui/delete-with-undo.ts';
import { IconButton } from '#web/ui/icon-button.tsx';
import { MemoryForm } from './memory-form.tsx';
import type { MemoryPaths } from './memory-list.tsx';

/** One fact: where it comes from, and what may be done with it. */
export function MemoryLine({ memory, paths }: { memory: Memory; paths: MemoryPaths }) {
  const { t } = useTranslation('memories');
  const cache = useQueryClient();
  const format = useFormat();
  const [editing, setEditing] = useState(false);
  const comesBack = useRef(false);
  const { id, text, kind, agent, createdBy, source, createdAt } = memory;
  const reload = () => cache.invalidateQueries({ queryKey: memoriesKey });
  const remove = () =>
    deleteWithUndo({ id, title: t('delete.done'), detail: text, send: () => deleteMemory(id), reload });

  const leave = () => {
    comesBack.current = true;
    setEditing(false);
  };
  /** The focus goes back to the button that opened the form. */
  const takeFocus = (button: HTMLButtonElement | null) => {
    if (button === null || !comesBack.current) return;
    comesBack.current = false;
    button.focus();
  };

  if (editing) {
    return (
      <li className="p-4">
        <MemoryForm
          text={text}
          send={(next) => updateMemory(id, next)}
          onDone={async () => {
            await reload();
            leave();
          }}
          onCancel={leave}
        />
      </li>
    );
  }
  return (
    <li className="flex items-start justify-between gap-3 p-4">
      <div className="grid min-w-0 gap-1">
        <p className="wrap-anywhere">{text}</p>
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-faint">
          {kind === 'agent' && <Badge tone="warning">{t('forEverybody')}</Badge>}
          <span>
            {t(`by.${createdBy}`)} · {format.ago(createdAt)}
          </span>
          {source && (
            <Link className="text-link" to={toSource(paths, agent.handle, source)}>
              {source.title === '' ? t('conversation') : source.title}
            </Link>
          )}
        </p>
      </div>
      <div className="flex shrink-0 gap-1">
        <IconButton
          ref={takeFocus}
          label={t('edit', { text })}
          icon={<Pencil aria-hidden />}
          size="small"
          onClick={() => setEditing(true)}
        />
        <IconButton label={t('delete.label', { text })} icon={<Trash2 aria-hidden />} size="small" onClick={remove} />
      </div>
    </li>
  );
}

function toSource(paths: MemoryPaths, handle: string, { conversation, message }: NonNullable<Memory['source']>) {
  const address = paths.conversation(handle, conversation);
  return message === null ? address : `${address}#message-${message}`;
}
