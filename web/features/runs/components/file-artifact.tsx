import { Download, FileText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Artifact } from '#server/contract/run-event.ts';
import { toFileAddress } from '#web/features/files/file-address.ts';
import { useFormat } from '#web/lib/format.ts';
import { Button } from '#web/ui/button.tsx';

export function FileArtifact({ artifact }: { artifact: Extract<Artifact, { kind: 'file' }> }) {
  const { t } = useTranslation('runs');
  const format = useFormat();
  return (
    <div className="flex items-center gap-3 rounded-md border border-line bg-surface p-3">
      <FileText aria-hidden className="size-6 shrink-0 text-accent" />
      <div className="grid min-w-0 flex-1">
        <span className="truncate font-medium">{artifact.title}</span>
        <span className="text-xs text-ink-faint">
          {artifact.mediaType} · {format.bytes(artifact.size)}
        </span>
      </div>
      <Button asChild size="small">
        <a href={toFileAddress(artifact.file)} download={artifact.title}>
          <Download aria-hidden />
          {t('artifact.download')}
        </a>
      </Button>
    </div>
  );
}
