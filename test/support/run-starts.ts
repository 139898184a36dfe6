import { v7 } from 'uuid';
import type { RunEnd, RunStart } from '#server/features/runs/run-records.ts';
import type { Database } from '#server/platform/database.ts';

/** A person and an agent of theirs, for storing runs without the rest of the hub. */
export async function createRunOwner({ prisma }: Pick<Database, 'prisma'>) {
  const [userId, agentId] = [v7(), v7()];
  await prisma.user.create({ data: { id: userId, name: 'Ada', email: `${userId}@example.org` } });
  await prisma.agent.create({
    data: { id: agentId, handle: `a-${agentId}`, ownerId: userId, name: 'A', category: 'Hub', draft: {} },
  });
  return { userId, agentId };
}

export function toRunStart({ userId, agentId }: { userId: string; agentId: string }, input = 'Hi'): RunStart {
  const questionId = v7();
  return {
    run: {
      id: v7(),
      agentId,
      version: null,
      conversationId: v7(),
      questionId,
      userId,
      apiKeyId: null,
      model: 'test/model',
      metadata: { place: 'here' },
      startedBy: { kind: 'page' },
      idempotencyKey: null,
      requestDigest: null,
      startedAt: new Date().toISOString(),
    },
    newConversation: { title: input, source: 'api' },
    messages: [{ id: questionId, parentId: null, role: 'user', content: input, fileIds: [] }],
    branch: null,
    variables: null,
    callback: null,
  };
}

export function toRunEnd({ run }: RunStart, output = 'Hello'): RunEnd {
  return {
    id: run.id,
    userId: run.userId,
    model: run.model,
    conversationId: run.conversationId,
    questionId: run.questionId,
    apiKeyId: null,
    status: 'completed',
    output,
    finishReason: 'stop',
    error: null,
    usage: { inputTokens: 3, outputTokens: 2, cachedInputTokens: 0, reasoningTokens: 0 },
    costUsd: 0.000_001_5,
    costIsPartial: false,
    endedAt: new Date().toISOString(),
    reply: { id: v7(), role: 'assistant', content: output, fileIds: [] },
    events: [{ type: 'text-delta', text: output }],
  };
}
