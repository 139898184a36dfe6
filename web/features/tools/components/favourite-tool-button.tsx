import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Star } from 'lucide-react';
import { setFavouriteTool } from '#web/features/tools/api/set-favourite-tool.ts';
import { toolListQuery } from '#web/lib/tool-list-query.ts';
import { classNames } from '#web/lib/class-names.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { IconButton } from '#web/ui/icon-button.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';

type FavouriteToolButtonProps = { tool: { id: string; isFavourite: boolean }; title: string };

/** Keeps a tool among one's favourites, or lets it go; shown at once, taken back if the hub refuses. */
export function FavouriteToolButton({ tool, title }: FavouriteToolButtonProps) {
  const { t } = useTranslation('tools');
  const cache = useQueryClient();
  const change = useMutation({
    mutationFn: (isFavourite: boolean) => setFavouriteTool({ tool: tool.id, isFavourite }),
    onError: showProblemToast,
    onSettled: () => cache.invalidateQueries(toolListQuery),
  });
  const isFavourite = change.isPending ? change.variables : tool.isFavourite;
  return (
    <IconButton
      size="small"
      aria-pressed={isFavourite}
      label={t('favourite.label', { title })}
      icon={<Star aria-hidden className={classNames(isFavourite && 'fill-accent text-accent')} />}
      tooltip={false}
      onClick={() => change.mutate(!isFavourite)}
    />
  );
}
