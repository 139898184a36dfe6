import { useEffect, useRef, useState } from 'react';
import type { StoredFile } from '#server/contract/file.ts';
import { toApiProblem } from '#web/lib/api-problem.ts';
import { translate } from '#web/lib/i18n/texts.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { toProblemTexts } from '#web/lib/problem-texts.ts';
import { uploadFile } from './api/upload-file.ts';

/** A file on its way to the hub, there, or refused. */
export type Upload = {
  key: string;
  file: File;
  name: string;
  size: number;
  mediaType: string;
  /** From 0 to 1. */
  progress: number;
  stored: StoredFile | null;
  problem: string | null;
};

/** Files attached to something that is being written: added, followed, taken away; those under way end with the page. */
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
    uploadFile(file, { onProgress: (progress) => change(key, { progress }), signal: controller.signal })
      .then((stored) => change(key, { stored, progress: 1 }))
      .catch((error: unknown) => change(key, { problem: toWords(error) }))
      .finally(() => controllers.current.delete(key));
  };
  const start = (file: File) => {
    const key = `upload-${(counter.current += 1)}`;
    const { name, size, type: mediaType } = file;
    setUploads((all) => [...all, { key, file, name, size, mediaType, progress: 0, stored: null, problem: null }]);
    send(key, file);
  };

  return {
    uploads,
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
