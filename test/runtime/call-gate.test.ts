import { expect, test } from 'vitest';
import { unknownPrice } from '#server/features/models/find-price.ts';
import { type CallOutcome, createCallGate } from '#server/runtime/models/call-gate.ts';
import type { ModelTarget } from '#server/runtime/models/chat-model.ts';

const toTarget = (reference: string): ModelTarget => ({
  reference,
  provider: 'openai',
  model: reference.slice(reference.indexOf('/') + 1),
  baseUrl: null,
  api: 'chat',
  apiKey: null,
  price: unknownPrice,
  seesImages: null,
  reasons: null,
  contextTokens: null,
  maximumConcurrentCalls: null,
  ownerId: null,
});

function openGate() {
  let nowMs = 0;
  const gate = createCallGate({ now: () => nowMs });
  const enter = (reference: string) => gate.enter(toTarget(reference), new AbortController().signal);
  return {
    enter,
    call: async (reference: string, outcome: CallOutcome, times = 1) => {
      for (let time = 0; time < times; time += 1) (await enter(reference))(outcome);
    },
    passSeconds: (seconds: number) => (nowMs += seconds * 1000),
  };
}

test('a model that fails five times in a row is not asked for half a minute, and the others of its connection are', async () => {
  const { call, enter, passSeconds } = openGate();
  await call('box/big', 'failed', 5);
  await expect(enter('box/big')).rejects.toThrow('box/big failed 5 times in a row. It is asked again in 30 s.');
  await call('box/small', 'answered');
  await expect(enter('box/big')).rejects.toMatchObject({ code: 'model_unavailable', retryAfterSeconds: 30 });
  passSeconds(30);
  const leave = await enter('box/big');
  await expect(enter('box/big'), 'while one tries for all').rejects.toMatchObject({ code: 'model_unavailable' });
  leave('answered');
  await call('box/big', 'answered');
});

test('a connection that was not reached five times in a row is not asked for any of its models', async () => {
  const { call, enter, passSeconds } = openGate();
  await call('box/big', 'unreachable', 3);
  await call('box/small', 'unreachable', 2);
  await expect(enter('box/third')).rejects.toThrow('The provider of box/third failed 5 times in a row.');
  await call('other/big', 'answered');
  passSeconds(30);
  await call('box/third', 'failed');
  await call('box/big', 'answered');
});

test('what is no failure of the provider neither counts nor keeps others waiting', async () => {
  const { call, passSeconds } = openGate();
  await call('box/big', 'other', 20);
  await call('box/big', 'failed', 5);
  passSeconds(30);
  await call('box/big', 'other');
  await call('box/big', 'answered');
});
