import { createContext, useContext } from 'react';

/** Where the bytes of a stored file are. */
export function toFileAddress(file: string): string {
  return `/api/files/${encodeURIComponent(file)}`;
}

/** The same for those who read a shared conversation. */
export const toSharedFileAddress =
  (share: string) =>
  (file: string): string =>
    `/api/shares/${encodeURIComponent(share)}/files/${encodeURIComponent(file)}`;

/** How what shows files finds them: their person's own, unless somebody else reads. */
export const FileAddress = createContext(toFileAddress);

export const useFileAddress = () => useContext(FileAddress);
