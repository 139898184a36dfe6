import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { request } from 'undici';

const askEveryMs = 20;

/**
 * One answer: how long it took, for how long of that the hub's first thread worked and stood in line for a processor, and for how
 * long the asking one stood in line. An answer that the hub's work made long is one that it blocked.
 */
export type Answer = { tookMs: number; workedMs: number; queuedMs: number; askerQueuedMs: number };

/* A program of its own, so that nothing that a bench does holds it up: asks a hub from "begin" to "end", then sends its answers. */
if (process.send !== undefined && process.argv[2]?.startsWith('http')) {
  const [, , url, hub] = process.argv;
  let isAsking = false;
  let asked: Promise<Answer[]> = Promise.resolve([]);
  process.on('message', (word) => {
    isAsking = word === 'begin';
    if (isAsking) asked = ask();
    // The last answer counts, however long it takes.
    else void asked.then((answers) => process.send?.(answers));
  });
  process.send({ url });

  async function ask(): Promise<Answer[]> {
    const answers: Answer[] = [];
    while (isAsking) {
      const [hubBefore, ownBefore] = [readThread(hub), readThread('self')];
      const startedAt = performance.now();
      const { body } = await request(`${url}/health/live`);
      await body.dump();
      const tookMs = performance.now() - startedAt;
      const [hubAfter, ownAfter] = [readThread(hub), readThread('self')];
      answers.push({
        tookMs,
        workedMs: hubAfter.workedMs - hubBefore.workedMs,
        queuedMs: hubAfter.queuedMs - hubBefore.queuedMs,
        askerQueuedMs: ownAfter.queuedMs - ownBefore.queuedMs,
      });
      await wait(askEveryMs);
    }
    return answers;
  }
}

/** What a process' first thread worked, and waited for a processor, since it began; nothing where the kernel does not tell. */
function readThread(pid = 'self'): { workedMs: number; queuedMs: number } {
  const id = pid === 'self' ? process.pid : pid;
  try {
    const [worked, queued] = readFileSync(`/proc/${pid}/task/${id}/schedstat`, 'utf8').split(' ');
    return { workedMs: Number(worked) / 1e6, queuedMs: Number(queued) / 1e6 };
  } catch {
    return { workedMs: 0, queuedMs: 0 };
  }
}
