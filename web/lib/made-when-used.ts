/** Stands for an object that is made when something of it is first asked for. */
export function madeWhenUsed<Made extends object>(make: () => Made): Made {
  let made: Made | undefined;
  const get = () => (made ??= make());
  // Each asks the object itself, also where a getter looks at whose it is.
  const handler: ProxyHandler<Made> = {
    get: (_, key) => Reflect.get(get(), key) as unknown,
    set: (_, key, value) => Reflect.set(get(), key, value),
    has: (_, key) => Reflect.has(get(), key),
    ownKeys: () => Reflect.ownKeys(get()),
    getOwnPropertyDescriptor: (_, key) => Reflect.getOwnPropertyDescriptor(get(), key),
    getPrototypeOf: () => Reflect.getPrototypeOf(get()),
  };
  return new Proxy(Object.create(null) as Made, handler);
}
