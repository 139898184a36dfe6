/** Lets work of the same name wait for each other; other work goes on beside it. */
export function createOneAtATime() {
  const underWay = new Map<string, Promise<unknown>>();
  return async function oneAtATime<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    for (let other = underWay.get(name); other !== undefined; other = underWay.get(name)) {
      await other.catch(() => undefined);
    }
    const own = work().finally(() => underWay.delete(name));
    underWay.set(name, own);
    return own;
  };
}
