import { Share2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { paths } from '#web/app/paths.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';

const ShareDialog = lazyDialog(
  async () => (await import('#web/features/agents/components/share-dialog.tsx')).ShareDialog,
);
const AgentCalls = lazy(async () => ({
  default: (await import('#web/features/keys/components/agent-calls.tsx')).AgentCalls,
}));
const EmbedSettingsTab = lazy(async () => ({
  default: (await import('#web/features/embeds/components/embed-settings-tab.tsx')).EmbedSettingsTab,
}));

/** Opens the window in which an agent is given to others. */
export function ShareAgent({ handle, look }: { handle: string; look: 'button' | 'icon' }) {
  const { t } = useTranslation('app');
  const [isOpen, setOpen] = useState(false);
  const open = () => setOpen(true);
  return (
    <>
      {look === 'icon' ? (
        <IconButton label={t('share')} icon={<Share2 />} onClick={open} />
      ) : (
        <Button icon={<Share2 aria-hidden />} onClick={open}>
          {t('share')}
        </Button>
      )}
      <ShareDialog
        open={isOpen}
        onOpenChange={setOpen}
        handle={handle}
        toAddress={(shared) => new URL(paths.chat(shared), window.location.origin).href}
        renderCalls={(agent) => (
          <Suspense fallback={<SkeletonList rows={2} rowClassName="h-24 w-full" />}>
            <AgentCalls agent={agent} keysAddress={paths.keys()} />
          </Suspense>
        )}
        renderEmbed={(agent) => (
          <Suspense fallback={<SkeletonList rows={3} rowClassName="h-16 w-full" />}>
            <EmbedSettingsTab agent={agent} />
          </Suspense>
        )}
      />
    </>
  );
}
