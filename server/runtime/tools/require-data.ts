import { HubError } from '#server/hub-error.ts';
import type { DataDesk } from './ports.ts';
import type { ToolContext } from './tool.ts';

/** The person's tables. @throws {HubError} `forbidden`, where the agent is another's */
export function requireData({ openData }: Pick<ToolContext, 'openData'>): DataDesk {
  const data = openData?.() ?? null;
  if (data !== null) return data;
  const detail = {
    en: "Only a person's own agents, and those that came with the hub, read their tables. Make a copy of this agent.",
    zh: '只有本人的智能体和中枢自带的智能体可以读取其数据表。请复制一份此智能体。',
  };
  throw new HubError('forbidden', detail);
}
