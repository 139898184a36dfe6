import type { Artifact } from '#server/contract/run-event.ts';
import { useFileAddress } from '#web/features/files/file-address.ts';
import { LargerPicture } from './larger-picture.tsx';
import type { Picture } from './picture-viewer.tsx';

export type ImageArtifactData = Extract<Artifact, { kind: 'image' }>;

export function toPicture({ file, title }: ImageArtifactData, toFileAddress: (file: string) => string): Picture {
  return { address: toFileAddress(file), title, fileName: title };
}

/** A picture that a run made; pressing it shows it whole, with the others of the answer beside it. */
export function ImageArtifact({
  artifact,
  pictures,
  place,
}: {
  artifact: ImageArtifactData;
  pictures: readonly Picture[];
  place: number;
}) {
  const preview = useFileAddress()(artifact.thumbnail ?? artifact.file);
  const size = artifact.width && artifact.height ? { width: artifact.width, height: artifact.height } : {};
  return (
    <figure className="grid w-fit max-w-full gap-1">
      <LargerPicture
        pictures={pictures}
        place={place}
        className="overflow-hidden rounded-lg border border-line shadow-low"
      >
        <img
          src={preview}
          alt={artifact.title}
          {...size}
          loading="lazy"
          className="max-h-96 w-auto max-w-full bg-sunken"
        />
      </LargerPicture>
      <figcaption className="text-xs text-ink-faint">{artifact.title}</figcaption>
    </figure>
  );
}
