import { useQueryClient } from '@tanstack/react-query';
import { FileJson, Plug } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useNavigate } from 'react-router';
import type { ToolsetPreset, ToolsetWithTools } from '#server/contract/toolset.ts';
import { keepToolset, useToolsets } from '#web/features/toolsets/api/toolset-requests.ts';
import type { ToolsetPaths } from '#web/features/toolsets/toolset-paths.ts';
import { Button } from '#web/ui/button.tsx';
import { useWithoutDeleted } from '#web/ui/delete-with-undo.ts';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { ToolsetCard } from './toolset-card.tsx';
import { ToolsetLesson } from './toolset-lesson.tsx';

const ImportDialog = lazyDialog(async () => (await import('./import-dialog.tsx')).ImportDialog);
const ConnectDialog = lazyDialog(async () => (await import('./connect-dialog.tsx')).ConnectDialog);

type Adding = { kind: 'openapi' | 'mcp'; preset: ToolsetPreset | null };

/** A person's toolsets, and the two ways to bring another. */
export function ToolsetList({ paths }: { paths: ToolsetPaths }) {
  const { t } = useTranslation('toolsets');
  const cache = useQueryClient();
  const navigate = useNavigate();
  const toolsets = useToolsets();
  const items = useWithoutDeleted(toolsets.items);
  const [adding, setAdding] = useState<Adding | null>(null);
  const [openings, setOpenings] = useState(0);
  const add = (kind: Adding['kind'], preset: ToolsetPreset | null = null) => {
    setAdding({ kind, preset });
    setOpenings(openings + 1);
  };
  const onDone = (made: ToolsetWithTools) => {
    keepToolset(cache, made);
    setAdding(null);
    void navigate(paths.one(made.id));
  };
  const dialog = {
    onOpenChange: () => setAdding(null),
    preset: adding?.preset ?? null,
    returnPath: paths.signedIn,
    onDone,
  };
  const actions = (
    <>
      <Button variant="primary" icon={<FileJson aria-hidden />} onClick={() => add('openapi')}>
        {t('import.open')}
      </Button>
      <Button icon={<Plug aria-hidden />} onClick={() => add('mcp')}>
        {t('connect.open')}
      </Button>
    </>
  );

  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={actions} />
      <ListStates
        items={items}
        error={toolsets.error}
        onRetry={toolsets.retry}
        empty={<ToolsetLesson onChoose={(preset) => add(preset.kind, preset)} />}
      >
        {(listed) => (
          <ul className="grid gap-4">
            {listed.map((toolset) => (
              <ToolsetCard key={toolset.id} toolset={toolset} address={paths.one(toolset.id)} />
            ))}
          </ul>
        )}
      </ListStates>
      <LoadMore {...toolsets.more} />
      <ImportDialog key={`import-${openings}`} open={adding?.kind === 'openapi'} {...dialog} />
      <ConnectDialog key={`connect-${openings}`} open={adding?.kind === 'mcp'} {...dialog} />
    </>
  );
}
