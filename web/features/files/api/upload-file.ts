import { Problem } from '#server/contract/problem.ts';
import { StoredFile } from '#server/contract/file.ts';
import { ApiProblem } from '#web/lib/api-problem.ts';
import { currentLanguage } from '#web/lib/i18n/texts.ts';

/**
 * Sends a file to the hub and tells how much has gone, from 0 to 1. Aborting the signal stops the upload. One that is for a
 * run is refused where no agent can read it.
 *
 * `fetch` cannot tell the progress of what it sends, so this uses the older request.
 *
 * @throws {ApiProblem} if the hub refused the file or was not reached.
 */
export function uploadFile(
  file: File,
  {
    onProgress,
    signal,
    isForRun = false,
  }: { onProgress?: (part: number) => void; signal?: AbortSignal; isForRun?: boolean } = {},
): Promise<StoredFile> {
  return new Promise((resolve, reject) => {
    const upload = new XMLHttpRequest();
    const form = new FormData();
    form.append('file', file);
    upload.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable && event.total > 0) onProgress?.(event.loaded / event.total);
    });
    upload.addEventListener('load', () => {
      const stored = StoredFile.safeParse(toJson(upload.responseText));
      if (upload.status < 300 && stored.success) resolve(stored.data);
      else reject(toProblem(upload));
    });
    upload.addEventListener('error', () => reject(ApiProblem.network(new Error('The upload was cut.'))));
    upload.addEventListener('abort', () => reject(new DOMException('The upload was stopped.', 'AbortError')));
    signal?.addEventListener('abort', () => upload.abort());
    upload.open('POST', isForRun ? '/api/files?for=run' : '/api/files');
    upload.setRequestHeader('accept', 'application/json');
    upload.setRequestHeader('accept-language', currentLanguage());
    upload.send(form);
  });
}

function toProblem(upload: XMLHttpRequest): ApiProblem {
  const problem = Problem.safeParse(toJson(upload.responseText));
  return problem.success ? new ApiProblem('answer', problem.data) : ApiProblem.unreadable(upload.status, problem.error);
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
