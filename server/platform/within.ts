/** What was asked for, or null when that takes longer than `ms`. The wait alone does not keep the process alive. */
export async function within<Answer>(ms: number, asked: Promise<Answer>): Promise<Answer | null> {
  let clock: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    clock = setTimeout(resolve, ms, null).unref();
  });
  return Promise.race([asked, late]).finally(() => clearTimeout(clock));
}
