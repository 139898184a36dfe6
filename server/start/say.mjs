const firstMs = 10_000;
const repeatMs = 30_000;

/** Says a line to the person at the terminal; not on standard output, which belongs to commands. @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Says what is being done, how far it is while that takes long, and how long it took.
 *
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 * @param {() => string} [progress]
 * @returns {Promise<T>}
 */
export async function sayWhile(what, work, progress = () => 'still at it') {
  const startedAt = Date.now();
  const elapsed = () => `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
  const sayProgress = () => {
    say(`  … ${progress()} after ${elapsed()}`);
    timer = setTimeout(sayProgress, repeatMs);
  };
  say(`${what} …`);
  let timer = setTimeout(sayProgress, firstMs);
  try {
    const result = await work();
    say(`  done in ${elapsed()}`);
    return result;
  } finally {
    clearTimeout(timer);
  }
}
