/** What to read of an agent with whatever belongs to it; `NamedAgent` parses it. */
export const namedAgent = { select: { id: true, handle: true, name: true, translations: true } } as const;
