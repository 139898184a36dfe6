import { HubError, type HubIssue } from '#server/hub-error.ts';

export const runNotFound = (run: string) =>
  new HubError('not_found', { en: `There is no run "${run}".`, zh: `没有运行“${run}”。` });

export const conversationNotFound = (conversation: string) =>
  new HubError('not_found', { en: `There is no conversation "${conversation}".`, zh: `没有对话“${conversation}”。` });

export const conversationOfAnotherAgent = () =>
  new HubError('conflict', {
    en: 'This conversation belongs to another agent. Begin a new one, or call the agent that it belongs to.',
    zh: '此对话属于另一个智能体。请新建对话，或调用它所属的智能体。',
  });

export const takerGone = () =>
  new HubError('conflict', {
    en:
      'The agent that took this conversation over is not there for you any more. Choose who answers: ' +
      'PATCH /api/conversations/{conversation} with "answeredBy".',
    zh: '接手此对话的智能体对您已不可用。请选择由谁回答：PATCH /api/conversations/{conversation}，附上“answeredBy”。',
  });

export const conversationBusy = (run: string) =>
  new HubError('conflict', {
    en: `Run ${run} is still under way in this conversation. Wait for it or cancel it first.`,
    zh: `此对话中的运行 ${run} 仍在进行。请等它结束，或先取消它。`,
  });

export const messageNotFound = (message: string) =>
  new HubError('not_found', {
    en: `There is no message "${message}" in this conversation.`,
    zh: `此对话中没有消息“${message}”。`,
  });

export const answerIsWhole = () =>
  new HubError('conflict', {
    en: 'This answer was not cut off. Send "input" to say something after it.',
    zh: '这个回答没有被截断。如要接着说，请发送“input”。',
  });

export const modelUnknown = (reference: string) =>
  new HubError(
    'validation_failed',
    {
      en: `Neither the hub’s connections nor your own offer "${reference}".`,
      zh: `中枢的连接和您自己的连接都不提供“${reference}”。`,
    },
    {
      errors: [
        {
          path: 'body.model',
          message: { en: 'Choose a reference of GET /api/models.', zh: '请从 GET /api/models 中选择一个模型。' },
        },
      ],
    },
  );

export const ownModelRefused = () =>
  new HubError('forbidden', {
    en: 'This agent is somebody else’s, and a model of your own could use its tools and budget as it likes. Choose one of the hub’s.',
    zh: '此智能体属于他人，而您自己的模型可能会随意使用它的工具和预算。请选择中枢的模型。',
  });

export const idempotencyKeyReused = () =>
  new HubError('conflict', {
    en: 'This Idempotency-Key was used with another request. Use a new key for a new request.',
    zh: '此 Idempotency-Key 已用于另一个请求。新的请求请使用新的键。',
  });

export const variablesMissing = (errors: HubIssue[]) =>
  new HubError(
    'validation_failed',
    {
      en: 'The agent asks for values that are missing or not among its choices.',
      zh: '智能体所需的值有缺失，或不在可选范围内。',
    },
    { errors },
  );

export const conversationWaits = (run: string) =>
  new HubError('conflict', {
    en: `Run ${run} waits for a person in this conversation. Answer what it asks, or cancel it, and send your message again.`,
    zh: `此对话中的运行 ${run} 正在等待人的答复。请先答复或取消它，然后重新发送消息。`,
  });

export const waitNotFound = (kind: 'approval' | 'form', wait: string) =>
  new HubError('not_found', {
    en: `There is no open ${kind} "${wait}" in this run. It may have been answered or have expired.`,
    zh: `此运行中没有待处理的${kind === 'approval' ? '审批' : '表单'}“${wait}”，它可能已被答复或已过期。`,
  });

export const valuesDoNotFit = (errors: HubIssue[]) =>
  new HubError('validation_failed', { en: 'The form cannot be sent like this.', zh: '表单不能这样提交。' }, { errors });

export const runTimedOut = (seconds: number) =>
  new HubError('budget_exceeded', {
    en: `This run may take ${seconds} seconds and was stopped there.`,
    zh: `此运行最多 ${seconds} 秒，已在此时停止。`,
  });

export const runUsesTooMuch = (limit: number, tokens: number) =>
  new HubError('budget_exceeded', {
    en: `This run may use ${limit} tokens and has used ${tokens}.`,
    zh: `此运行最多使用 ${limit} 个词元，已使用 ${tokens} 个。`,
  });

export const runCostsTooMuch = (limit: number, costUsd: number) =>
  new HubError('budget_exceeded', {
    en: `This run may cost $${limit} and has cost $${costUsd.toFixed(6)}.`,
    zh: `此运行最多花费 $${limit}，已花费 $${costUsd.toFixed(6)}。`,
  });

export const runCancelled = () => new HubError('run_cancelled', { en: 'The run was cancelled.', zh: '运行已取消。' });

export const runInterrupted = () =>
  new HubError('run_interrupted', {
    en: 'The hub stopped while this run was under way. Repeat it to get an answer.',
    zh: '运行期间中枢停止了。请重新提问以获得回答。',
  });

export const checkpointUnreadable = () =>
  new HubError('run_interrupted', {
    en: 'This version of the hub cannot go on with this run. Repeat it to get an answer.',
    zh: '这个版本的中枢无法继续此运行。请重新提问以获得回答。',
  });

export const hubStopping = () =>
  new HubError('unavailable', { en: 'The hub is stopping. Try again in a moment.', zh: '中枢正在停止，请稍后再试。' });

export const answerNotStored = () =>
  new HubError('unavailable', {
    en: 'The answer could not be stored in time. Copy what you need: it may be missing from the conversation.',
    zh: '回答未能及时保存。请复制您需要的内容：对话中可能没有它。',
  });

export const startNotStored = () =>
  new HubError('unavailable', {
    en: 'The database of the hub did not answer when this run began. Ask again.',
    zh: '此运行开始时中枢的数据库没有响应，请重新提问。',
  });

export const runOutOfReach = (run: string) =>
  new HubError(
    'unavailable',
    {
      en:
        `Run "${run}" lives in another process of the hub, which does not answer. If that process is gone, the run will be ` +
        'marked as interrupted within a minute.',
      zh: `运行“${run}”在中枢的另一个进程中，而它没有响应。如果该进程已不在，一分钟内此运行会被标记为中断。`,
    },
    { retryAfterSeconds: 10 },
  );
