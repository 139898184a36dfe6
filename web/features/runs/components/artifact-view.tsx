import type { Artifact } from '#server/contract/run-event.ts';
import { ChartArtifact } from './chart-artifact.tsx';
import { FileArtifact } from './file-artifact.tsx';
import { ImageArtifact } from './image-artifact.tsx';

/** Something that a run made. */
export default function ArtifactView({ artifact }: { artifact: Artifact }) {
  switch (artifact.kind) {
    case 'image':
      return <ImageArtifact artifact={artifact} />;
    case 'chart':
      return <ChartArtifact artifact={artifact} />;
    case 'file':
      return <FileArtifact artifact={artifact} />;
    case 'proposal':
      // It is decided beside the draft; elsewhere it is only named.
      return <p className="text-sm text-ink-soft">{artifact.title}</p>;
  }
}
