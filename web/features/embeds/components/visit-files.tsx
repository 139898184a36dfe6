import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Artifact } from '#server/contract/run-event.ts';
import { readVisitFile } from '#web/features/embeds/api/visit-requests.ts';
import { readKeptVisit } from '#web/features/embeds/kept-visit.ts';
import { TransactionArtifact } from '#web/features/runs/components/transaction-artifact.tsx';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useObjectUrl } from '#web/lib/use-object-url.ts';
import { Button } from '#web/ui/button.tsx';

type Made = Exclude<Artifact, { kind: 'proposal' | 'transaction' }>;

/** What an answer made: charts and images as pictures, other files to save. */
export function VisitFiles({ agent, artifacts }: { agent: string; artifacts: Artifact[] }) {
  return artifacts.map((artifact) => {
    if (artifact.kind === 'proposal') return null;
    if (artifact.kind === 'transaction')
      return <TransactionArtifact key={artifact.id} artifact={artifact} canSend={false} />;
    return <VisitFile key={artifact.id} agent={agent} artifact={artifact} />;
  });
}

/** Fetched with the visit's token, which an address would give away. */
function VisitFile({ agent, artifact }: { agent: string; artifact: Made }) {
  const { t } = useTranslation('embeds');
  const { file, title } = artifact;
  const [bytes, setBytes] = useState<Blob | null>(null);
  const [isLost, setIsLost] = useState(false);
  useEffect(() => {
    const controller = new AbortController();
    const visit = readKeptVisit(agent);
    if (visit === null) return undefined;
    readVisitFile(visit, file, controller.signal).then(setBytes, () => {
      if (!controller.signal.aborted) setIsLost(true);
    });
    return () => controller.abort();
  }, [agent, file]);
  const address = useObjectUrl(bytes, bytes?.type ?? '');
  if (isLost) return <p className="text-sm text-ink-faint">{t('chat.fileLost', { title })}</p>;
  if (address === null) return <div aria-busy className="h-24 animate-breathe rounded-md bg-sunken" />;
  if (artifact.kind === 'file') {
    return (
      <Button asChild size="small" icon={<Download aria-hidden />} className="justify-self-start">
        <a href={address} download={title}>
          {title}
        </a>
      </Button>
    );
  }
  return (
    <figure className="grid min-w-0 gap-1">
      <img src={address} alt={title} className="max-w-full rounded-md border border-line bg-surface" />
      <figcaption className="text-xs text-ink-soft">{title}</figcaption>
    </figure>
  );
}
