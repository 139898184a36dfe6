import { HubError } from '#server/hub-error.ts';
import type { AlertDesk } from '#server/runtime/tools/ports.ts';
import type { ToolContext } from '#server/runtime/tools/tool.ts';

/** The person's alerts. @throws {HubError} `forbidden`, where the agent is another's */
export function requireAlerts({ openAlerts }: Pick<ToolContext, 'openAlerts'>): AlertDesk {
  const alerts = openAlerts?.() ?? null;
  if (alerts !== null) return alerts;
  const detail = {
    en: "Only a person's own agents, and those that came with the hub, see and make their alerts. Make a copy of this agent.",
    zh: '只有本人的智能体和中枢自带的智能体可以查看和创建其提醒。请复制一份此智能体。',
  };
  throw new HubError('forbidden', detail);
}
