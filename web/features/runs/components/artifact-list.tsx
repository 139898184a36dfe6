import type { Artifact } from '#server/contract/run-event.ts';
import { useFileAddress } from '#web/features/files/file-address.ts';
import { ChartArtifact } from './chart-artifact.tsx';
import { FileArtifact } from './file-artifact.tsx';
import { TransactionArtifact } from './transaction-artifact.tsx';
import { ImageArtifact, type ImageArtifactData, toPicture } from './image-artifact.tsx';

/** What a run made; `canSend`: the reader may send transactions that it proposes, for they are of their own conversation. */
export default function ArtifactList({
  artifacts,
  canSend = false,
}: {
  artifacts: readonly Artifact[];
  canSend?: boolean | undefined;
}) {
  const images = artifacts.filter((artifact): artifact is ImageArtifactData => artifact.kind === 'image');
  const toFileAddress = useFileAddress();
  const pictures = images.map((image) => toPicture(image, toFileAddress));
  return artifacts.map((artifact) => {
    switch (artifact.kind) {
      case 'image':
        return (
          <ImageArtifact key={artifact.id} artifact={artifact} pictures={pictures} place={images.indexOf(artifact)} />
        );
      case 'chart':
        return <ChartArtifact key={artifact.id} artifact={artifact} />;
      case 'file':
        return <FileArtifact key={artifact.id} artifact={artifact} />;
      case 'transaction':
        return <TransactionArtifact key={artifact.id} artifact={artifact} canSend={canSend} />;
      case 'proposal':
        // It is decided beside the draft; elsewhere it is only named.
        return (
          <p key={artifact.id} className="text-sm text-ink-soft">
            {artifact.title}
          </p>
        );
    }
  });
}
