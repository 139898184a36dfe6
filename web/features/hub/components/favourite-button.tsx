import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Heart } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { HubAgent } from '#server/contract/hub.ts';
import { hubKeys, setFavourite } from '#web/features/hub/api/hub-requests.ts';
import { classNames } from '#web/lib/class-names.ts';
import { IconButton } from '#web/ui/icon-button.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';

/** Keeps an agent among one's favourites, or lets it go; shown at once, taken back if the hub refuses. */
export function FavouriteButton({ agent }: { agent: Pick<HubAgent, 'id' | 'name' | 'isFavourite'> }) {
  const { t } = useTranslation('hub');
  const cache = useQueryClient();
  const change = useMutation({
    mutationFn: (isFavourite: boolean) => setFavourite(agent.id, isFavourite),
    onError: showProblemToast,
    onSettled: () => cache.invalidateQueries({ queryKey: hubKeys.all }),
  });
  const isFavourite = change.isPending ? change.variables : agent.isFavourite;
  return (
    <IconButton
      size="small"
      aria-pressed={isFavourite}
      label={t('favourite.label', { name: agent.name })}
      icon={<Heart aria-hidden className={classNames(isFavourite && 'fill-accent text-accent')} />}
      tooltip={false}
      onClick={() => change.mutate(!isFavourite)}
    />
  );
}
