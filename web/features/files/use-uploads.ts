import { useCallback, useEffect, useRef, useState } from 'react';
import type { AttachedFile } from '#server/contract/conversation.ts';
import { toApiProblem } from '#web/lib/api-problem.ts';
import { translate } from '#web/lib/i18n/texts.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { toProblemTexts } from '#web/lib/problem-texts.ts';
import { uploadFile } from './api/upload-file.ts';

/** A file on its way to the hub, there, or refused. */
export type Upload = {
  key: string;
  /** Null: it is at the hub already. */
  file: File | null;
  name: string;
  size: number;
  mediaType: string;
  /** From 0 to 1. */
  progress: number;
  stored: AttachedFile | null;
  problem: string | null;
  /** Whether the same file may be taken another time. */
  canRetry: boolean;
};

/** What the hub thinks of the file itself. */
const lastingRefusals = [413, 415];

/** Files attached to a message that is being written: added, followed, taken away; those under way end with the page. */
export function useUploads({ maximum }: { maximum: number }) {
  const { t } = useTranslation('files');
  const [uploads, setUploads] = useState<Upload[]>([]);
  const [refusedCount, setRefusedCount] = useState(0);
  const controllers = useRef(new Map<string, AbortController>());
  const counter = useRef(0);

  useEffect(() => {
    const running = controllers.current;
    return () => running.forEach((controller) => controller.abort());
  }, []);

  /** In the page's language also where the hub said nothing: a proxy before it has words of its own for what is too large. */
  const toWords = (error: unknown) => {
    const failure = toApiProblem(error);
    if (failure?.kind === 'unreadable' && failure.problem.status === 413) return t('tooLarge');
    const { title, detail } = toProblemTexts(error, translate);
    return detail ?? title;
  };
  const change = (key: string, part: Partial<Upload>) =>
    setUploads((all) => all.map((upload) => (upload.key === key ? { ...upload, ...part } : upload)));

  const send = (key: string, file: File) => {
    const controller = new AbortController();
    controllers.current.set(key, controller);
    uploadFile(file, {
      onProgress: (progress) => change(key, { progress }),
      signal: controller.signal,
      isForRun: true,
    })
      .then((stored) => change(key, { stored, progress: 1 }))
      .catch((error: unknown) =>
        change(key, {
          problem: toWords(error),
          canRetry: !lastingRefusals.includes(toApiProblem(error)?.problem.status ?? 0),
        }),
      )
      .finally(() => controllers.current.delete(key));
  };
  const start = (file: File) => {
    const key = `upload-${(counter.current += 1)}`;
    const { name, size, type: mediaType } = file;
    const begun = { progress: 0, stored: null, problem: null, canRetry: true };
    setUploads((all) => [...all, { key, file, name, size, mediaType, ...begun }]);
    send(key, file);
  };

  const takeOff = useCallback(
    (files: readonly AttachedFile[]) =>
      setUploads((all) => all.filter(({ stored }) => !files.some(({ id }) => id === stored?.id))),
    [],
  );
  const giveBack = useCallback(
    (files: readonly AttachedFile[]) =>
      setUploads((all) => [
        ...files.map((stored) => ({
          key: stored.id,
          file: null,
          ...stored,
          progress: 1,
          stored,
          problem: null,
          canRetry: false,
        })),
        ...all,
      ]),
    [],
  );

  return {
    uploads,
    giveBack,
    takeOff,
    /** Files of the last addition that were one too many. */
    refusedCount,
    /** Whether what is being written has all its files; without one that failed it would say something else. */
    areStored: uploads.every(({ stored }) => stored !== null),
    add(files: Iterable<File>) {
      const all = [...files];
      const accepted = all.slice(0, Math.max(0, maximum - uploads.length));
      setRefusedCount(all.length - accepted.length);
      accepted.forEach(start);
    },
    retry({ key, file }: Upload) {
      if (file === null) return;
      change(key, { problem: null, progress: 0 });
      send(key, file);
    },
    remove(key: string) {
      controllers.current.get(key)?.abort();
      setRefusedCount(0);
      setUploads((all) => all.filter((upload) => upload.key !== key));
    },
    clear() {
      setRefusedCount(0);
      setUploads([]);
    },
  };
}
export type Uploads = ReturnType<typeof useUploads>;
