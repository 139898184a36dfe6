import { queryOptions } from '@tanstack/react-query';
import { AgentEmbed, type EmbedSettings } from '#server/contract/embed.ts';
import { request } from '#web/lib/api-client.ts';

const toPath = (agent: string) => `/api/agents/${encodeURIComponent(agent)}/embed`;

export const embedSettingsQuery = (agent: string) =>
  queryOptions({
    queryKey: ['embeds', agent] as const,
    queryFn: ({ signal }) => request({ path: toPath(agent), schema: AgentEmbed, signal }),
  });

export const setEmbedSettings = (agent: string, settings: EmbedSettings) =>
  request({ path: toPath(agent), method: 'PUT', body: settings, schema: AgentEmbed });
