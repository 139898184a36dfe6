/** Where an agent, or a part of it, is reached. */
export function toAgentAddress(agent: string, part?: string): string {
  const address = `/api/agents/${encodeURIComponent(agent)}`;
  return part === undefined ? address : `${address}/${part}`;
}
