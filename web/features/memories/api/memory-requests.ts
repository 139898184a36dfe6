import { Memory } from '#server/contract/memory.ts';
import { request, toUrl } from '#web/lib/api-client.ts';
import { usePageList } from '#web/lib/use-page-list.ts';

export const memoriesKey = ['memories'];
const toAddress = (memory: string) => `/api/memories/${encodeURIComponent(memory)}`;

/** What is remembered of the person; all of it, or what holds some words. */
export const useMemories = (search: string) =>
  usePageList({
    key: [...memoriesKey, search],
    path: '/api/memories',
    item: Memory,
    query: { limit: 100, search: search === '' ? undefined : search },
  });

export const createMemory = (agent: string, text: string) =>
  request({ path: '/api/memories', method: 'POST', body: { agent, text }, schema: Memory });

export const updateMemory = (memory: string, text: string) =>
  request({ path: toAddress(memory), method: 'PATCH', body: { text }, schema: Memory });

export const deleteMemory = (memory: string) => request({ path: toAddress(memory), method: 'DELETE', keepalive: true });

export const forgetAgent = (agent: string) =>
  request({ path: '/api/memories', method: 'DELETE', query: { agent }, keepalive: true });

export const exportAddress = toUrl('/api/memories/export');
