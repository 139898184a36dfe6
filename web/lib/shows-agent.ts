/** Whether an answer of the hub shows an agent: is it, is of it, or lists it. */
export function showsAgent(answer: unknown, agent: string): boolean {
  if (typeof answer !== 'object' || answer === null) return false;
  const { id, agent: shown, items, pages } = answer as Partial<Record<string, unknown>>;
  const listed = [items, pages].flatMap((list): unknown[] => (Array.isArray(list) ? list : []));
  return id === agent || showsAgent(shown, agent) || listed.some((member) => showsAgent(member, agent));
}
