import { toDatedName } from '#server/contract/file-name.ts';

/** The name of a file that is saved now: its title and this device's day. */
export function toSavedName(title: string, ending: string): string {
  const now = new Date();
  const parts = [now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0'));
  return toDatedName(title, { otherwise: 'file', day: [now.getFullYear(), ...parts].join('-'), ending });
}

/** Has the browser save something that this page made. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
