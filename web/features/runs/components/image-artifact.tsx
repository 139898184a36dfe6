import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Artifact } from '#server/contract/run-event.ts';
import { useFileAddress } from '#web/features/files/file-address.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';

/** A picture that a run made; pressing it shows it whole. */
export function ImageArtifact({ artifact }: { artifact: Extract<Artifact, { kind: 'image' }> }) {
  const { t } = useTranslation('runs');
  const [isOpen, setIsOpen] = useState(false);
  const toFileAddress = useFileAddress();
  const address = toFileAddress(artifact.file);
  const preview = artifact.thumbnail ? toFileAddress(artifact.thumbnail) : address;
  const size = artifact.width && artifact.height ? { width: artifact.width, height: artifact.height } : {};
  return (
    <figure className="grid w-fit max-w-full gap-1">
      <button
        type="button"
        aria-label={t('artifact.view', { title: artifact.title })}
        onClick={() => setIsOpen(true)}
        className="overflow-hidden rounded-lg border border-line shadow-low"
      >
        <img
          src={preview}
          alt={artifact.title}
          {...size}
          loading="lazy"
          className="max-h-96 w-auto max-w-full bg-sunken"
        />
      </button>
      <figcaption className="text-xs text-ink-faint">{artifact.title}</figcaption>
      <Dialog
        open={isOpen}
        onOpenChange={setIsOpen}
        size="large"
        title={artifact.title}
        footer={
          <Button asChild>
            <a href={address} download={artifact.title}>
              <Download aria-hidden />
              {t('artifact.download')}
            </a>
          </Button>
        }
      >
        <img src={address} alt={artifact.title} className="mx-auto max-h-[70dvh] max-w-full rounded-md" />
      </Dialog>
    </figure>
  );
}
