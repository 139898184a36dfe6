import type { AttachedFile } from '#server/contract/conversation.ts';
import { FileChipList } from '#web/features/files/components/file-chip-list.tsx';
import { useFileAddress } from '#web/features/files/file-address.ts';
import { LargerPicture } from './larger-picture.tsx';

const shownKinds = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'];
const isPicture = ({ mediaType }: AttachedFile) => shownKinds.includes(mediaType);

/** The files that came with a message, at its side: pictures to look at, others by their names. */
export default function AttachedFiles({ files }: { files: readonly AttachedFile[] }) {
  const toAddress = useFileAddress();
  const pictures = files
    .filter(isPicture)
    .map(({ id, name }) => ({ address: toAddress(id), title: name, fileName: name }));
  return (
    <>
      {pictures.length > 0 && (
        <ul className="flex flex-wrap justify-end gap-2">
          {pictures.map(({ address, title }, place) => (
            <li key={address}>
              <LargerPicture
                pictures={pictures}
                place={place}
                className="overflow-hidden rounded-lg border border-line shadow-low"
              >
                <img src={address} alt="" title={title} loading="lazy" className="size-40 bg-sunken object-cover" />
              </LargerPicture>
            </li>
          ))}
        </ul>
      )}
      <FileChipList files={files.filter((file) => !isPicture(file))} />
    </>
  );
}
