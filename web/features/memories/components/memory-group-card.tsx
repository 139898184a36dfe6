import { useQueryClient } from '@tanstack/react-query';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { createMemory, forgetAgent, memoriesKey } from '#web/features/memories/api/memory-requests.ts';
import type { MemoryGroup } from '#web/features/memories/group-memories.ts';
import { useShownName } from '#web/lib/use-shown-name.ts';
import { Button } from '#web/ui/button.tsx';
import { deleteWithUndo } from '#web/ui/delete-with-undo.ts';
import { MemoryForm } from './memory-form.tsx';
import { MemoryLine } from './memory-line.tsx';
import type { MemoryPaths } from './memory-list.tsx';

/** What one agent remembers. */
export function MemoryGroupCard({ group, paths }: { group: MemoryGroup; paths: MemoryPaths }) {
  const { t } = useTranslation('memories');
  const name = useShownName()(group.agent);
  const cache = useQueryClient();
  const [adding, setAdding] = useState(false);
  const { id, agent, items } = group;
  const reload = () => cache.invalidateQueries({ queryKey: memoriesKey });
  const forget = () =>
    deleteWithUndo({
      id,
      title: t('forget.done', { name }),
      detail: t('forget.text'),
      send: () => forgetAgent(agent.id),
      reload,
    });

  return (
    <li className="rounded-lg border border-line bg-surface shadow-low">
      <div className="flex flex-wrap items-center justify-between gap-2 border-b border-line p-4">
        <h2 className="min-w-0 text-lg font-semibold wrap-anywhere">{name}</h2>
        <div className="flex flex-wrap gap-2">
          <Button size="small" icon={<Plus aria-hidden />} onClick={() => setAdding(true)} disabled={adding}>
            {t('add')}
          </Button>
          <Button
            size="small"
            variant="quiet"
            icon={<Trash2 aria-hidden />}
            aria-label={t('forget.label', { name })}
            onClick={forget}
          >
            {t('forget.button')}
          </Button>
        </div>
      </div>
      {adding && (
        <div className="border-b border-line p-4">
          <MemoryForm
            text=""
            send={(text) => createMemory(agent.id, text)}
            onDone={async () => {
              setAdding(false);
              await reload();
            }}
            onCancel={() => setAdding(false)}
          />
        </div>
      )}
      <ul className="divide-y divide-line">
        {items.map((memory) => (
          <MemoryLine key={memory.id} memory={memory} paths={paths} />
        ))}
      </ul>
    </li>
  );
}
