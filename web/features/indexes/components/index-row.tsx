import { useMutation } from '@tanstack/react-query';
import { Pause, Play, Trash2 } from 'lucide-react';
import { type ChainIndex, isFullIndex, type UpdateIndexInput } from '#server/contract/chain-index.ts';
import { deleteIndex, updateIndex } from '#web/features/indexes/api/index-requests.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Badge, type Tone } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { deleteWithUndo } from '#web/ui/delete-with-undo.ts';
import { IconButton } from '#web/ui/icon-button.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { Progress } from '#web/ui/progress.tsx';

const tones: Partial<Record<ChainIndex['state'], Tone>> = { running: 'chain', done: 'success', failed: 'danger' };

type IndexRowProps = {
  index: ChainIndex;
  /** Whether its chain has no other index. */
  isAlone: boolean;
  onChanged: () => unknown;
};

/** One indexed chain, or one of its indexes. */
export function IndexRow({ index, isAlone, onChanged }: IndexRowProps) {
  const { t, language } = useTranslation('indexes');
  const format = useFormat();
  const change = useMutation({
    mutationFn: (input: UpdateIndexInput) => updateIndex(index.id, input),
    onSuccess: onChanged,
    onError: showProblemToast,
  });
  const { schema, state, blocksDone, blocksLeft, lastBlock, fromBlock, fault, lastReorganisation } = index;
  const chain = isAlone ? index.chain : `${index.chain} (${schema})`;
  const total = blocksLeft === null ? null : blocksDone + blocksLeft;
  const isMoving = state === 'running' && blocksLeft !== 0;
  const isOn = state === 'running';
  const { maximumRows, maximumBytes } = index;
  const isFull = state === 'paused' && isFullIndex(index);
  const raise = () =>
    change.mutate({
      state: 'running',
      maximumBytes: maximumBytes * 2,
      ...(maximumRows !== null && { maximumRows: maximumRows * 2 }),
    });
  const remove = () =>
    deleteWithUndo({
      id: index.id,
      title: t('removed', { chain }),
      detail: t('removedText'),
      send: () => deleteIndex(index.id),
      reload: async () => void (await onChanged()),
    });
  const figures = [
    lastBlock === null ? null : t('blocks', { from: format.number(fromBlock), to: format.number(lastBlock) }),
    t('logs', { count: index.logs, logs: format.number(index.logs) }),
    format.bytes(index.bytes),
    isMoving && index.logsPerSecond !== null && index.blocksPerSecond !== null
      ? t('speed', {
          blocks: format.compact(index.blocksPerSecond),
          logs: format.compact(index.logsPerSecond),
        })
      : null,
  ].filter((figure) => figure !== null);

  return (
    <li className="grid grid-cols-1 gap-2 rounded-md border border-line p-3">
      <div className="flex items-center gap-2">
        <h3 className="min-w-0 flex-1 truncate text-sm font-medium" title={`${schema}.…`}>
          {chain}
        </h3>
        <Badge tone={tones[state] ?? 'neutral'}>
          {state === 'running' && !isMoving ? t('state.following') : t(`state.${state}`)}
        </Badge>
      </div>
      {isMoving && (
        <Progress label={t('progress', { chain })} value={total === null || total === 0 ? null : blocksDone / total} />
      )}
      <p className="text-xs text-ink-soft tabular-nums">{figures.join(' · ')}</p>
      {isMoving && blocksLeft !== null && (
        <p className="text-xs text-ink-faint tabular-nums">
          {t('left', { count: blocksLeft, blocks: format.number(blocksLeft) })}
        </p>
      )}
      {lastReorganisation !== null && (
        <p className="text-xs text-ink-faint">
          {t('undone', { count: lastReorganisation.depth, when: format.ago(lastReorganisation.at) })}
        </p>
      )}
      {index.unfit.map(({ table, logs }) => (
        <Notice key={table} tone="warning">
          {t('unfit', { count: logs, logs: format.number(logs), table: `${schema}.${table}` })}
        </Notice>
      ))}
      {fault !== null && (
        <Notice tone={state === 'failed' ? 'danger' : 'warning'}>{fault[language === 'en' ? 'en' : 'zh']}</Notice>
      )}
      {index.can.edit && (
        <div className="flex gap-1">
          {isFull && (
            <Button size="small" busy={change.isPending} onClick={raise}>
              {t('raise')}
            </Button>
          )}
          {state !== 'done' && !isFull && (
            <IconButton
              size="small"
              label={t(isOn ? 'pause' : 'resume', { chain })}
              icon={isOn ? <Pause /> : <Play />}
              disabled={change.isPending}
              onClick={() => change.mutate({ state: isOn ? 'paused' : 'running' })}
            />
          )}
          <IconButton size="small" label={t('remove', { chain })} icon={<Trash2 />} onClick={remove} />
        </div>
      )}
    </li>
  );
}
