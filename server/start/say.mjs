const repeatMs = 10_000;

/** Says a line to the person at the terminal; not on standard output, which belongs to commands. @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Says what is being done, that it goes on every ten seconds, and how long it took.
 *
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function sayWhile(what, work) {
  const startedAt = Date.now();
  const elapsed = () => `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
  say(`${what} …`);
  const timer = setInterval(() => say(`  … still at it after ${elapsed()}`), repeatMs);
  try {
    const result = await work();
    say(`  done in ${elapsed()}`);
    return result;
  } finally {
    clearInterval(timer);
  }
}
