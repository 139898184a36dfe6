import { serveTasks } from '#server/platform/workers/serve-tasks.ts';
import { readPage } from './read-page.ts';
import { readPdf } from './read-pdf.ts';

export type PdfTask = { kind: 'pdf'; bytes: Uint8Array; name: string; maximumCharacters: number };
/** `contentType` is what the server said of the bytes. */
export type PageTask = { kind: 'page'; bytes: Uint8Array; contentType: string; url: string };

serveTasks(async (task: PdfTask | PageTask) => {
  switch (task.kind) {
    case 'pdf':
      return await readPdf(task);
    case 'page':
      return await readPage(task);
  }
});
