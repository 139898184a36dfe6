import type { ConversationSummary } from '#server/contract/conversation.ts';

export type DateGroup = 'today' | 'yesterday' | 'week' | 'month' | 'older';

const firstDays: [DateGroup, number][] = [
  ['today', 0],
  ['yesterday', 1],
  ['week', 7],
  ['month', 30],
];

/** Conversations (newest first) by how many days ago they were last used, in the person's own zone. Pure. */
export function groupByDate(items: readonly ConversationSummary[], now: Date) {
  const groups = new Map<DateGroup, ConversationSummary[]>();
  for (const item of items) {
    const used = new Date(item.updatedAt);
    const isSince = (days: number) => used >= new Date(now.getFullYear(), now.getMonth(), now.getDate() - days);
    const group = firstDays.find(([, days]) => isSince(days))?.[0] ?? 'older';
    groups.set(group, [...(groups.get(group) ?? []), item]);
  }
  return [...groups].map(([name, grouped]) => ({ name, items: grouped }));
}
