import { HubError } from '#server/hub-error.ts';

type ProviderFailure = {
  status?: unknown;
  message?: unknown;
  headers?: unknown;
  error?: unknown;
  cause?: unknown;
};

const longestQuote = 300;

/** Turns what a provider package threw into a failure that the person may see; the key never appears in it. */
export function toModelError(thrown: unknown, reference: string): HubError {
  const inner = findHubError(thrown);
  if (inner !== null) return toOwnWords(inner, reference);
  const failure: ProviderFailure = typeof thrown === 'object' && thrown !== null ? thrown : { message: thrown };
  const status = typeof failure.status === 'number' ? failure.status : null;
  const quote = quoteOf(failure);
  if (status === 401 || status === 403) {
    return new HubError('model_rejected', {
      en: `The provider of ${reference} refused the key (${status}). Check the connection in Settings → Models.`,
      zh: `${reference} 的提供商拒绝了密钥（${status}）。请在“设置 → 模型”中检查连接。`,
    });
  }
  if (status === 404) {
    return new HubError('model_rejected', {
      en: `The provider does not know the model ${reference} (404). Choose another in the builder.`,
      zh: `提供商没有模型 ${reference}（404）。请在构建页面另选一个。`,
    });
  }
  if (status === 429) {
    return new HubError(
      'model_rate_limited',
      {
        en: `The provider of ${reference} is busy or the quota is spent (429). Try again later.`,
        zh: `${reference} 的提供商正忙，或配额已用完（429）。请稍后再试。`,
      },
      {
        retryAfterSeconds: readRetryAfter(failure.headers) ?? 10,
      },
    );
  }
  if (status !== null && status >= 500) {
    const retryAfterSeconds = readRetryAfter(failure.headers);
    return new HubError(
      'model_unavailable',
      {
        en: `The provider of ${reference} failed (${status}). Try again later.`,
        zh: `${reference} 的提供商出错（${status}）。请稍后再试。`,
      },
      retryAfterSeconds === null ? {} : { retryAfterSeconds },
    );
  }
  if (status !== null && status >= 400) {
    return new HubError('model_rejected', {
      en: `The provider of ${reference} refused the request (${status}): ${quote}`,
      zh: `${reference} 的提供商拒绝了请求（${status}）：${quote}`,
    });
  }
  if (thrown instanceof SyntaxError) {
    return new HubError(
      'model_protocol_error',
      {
        en: `The provider of ${reference} sent something that is not its own format.`,
        zh: `${reference} 的提供商发来的内容不符合其自身的格式。`,
      },
      { cause: thrown },
    );
  }
  if (thrown instanceof Error && /timed? ?out/i.test(thrown.message)) {
    return new HubError(
      'model_time_out',
      { en: `The model ${reference} took too long to answer.`, zh: `模型 ${reference} 响应时间过长。` },
      { cause: thrown },
    );
  }
  if (thrown instanceof TypeError && !/fetch|network|connection/i.test(thrown.message)) {
    return new HubError(
      'model_protocol_error',
      {
        en: `The provider of ${reference} sent something that is not its own format.`,
        zh: `${reference} 的提供商发来的内容不符合其自身的格式。`,
      },
      { cause: thrown },
    );
  }
  return new HubError(
    'model_unavailable',
    { en: `The model ${reference} could not be reached: ${quote}`, zh: `无法连接模型 ${reference}：${quote}` },
    { cause: thrown },
  );
}

/** Whether the same call may work a moment later. */
export function isWorthRetrying(error: HubError): boolean {
  return ['model_rate_limited', 'model_unavailable', 'model_time_out'].includes(error.code);
}

/** A failure of the hub's own egress, said of the model. */
function toOwnWords(error: HubError, reference: string): HubError {
  const because = {
    en: `The model ${reference} could not be reached. ${error.message}`,
    zh: `无法连接模型 ${reference}。${error.toProblem(undefined, 'zh').detail}`,
  };
  if (error.code === 'payload_too_large') return new HubError('model_protocol_error', because, { cause: error });
  if (error.code !== 'unavailable') return error;
  const timedOut = error.cause instanceof Error && error.cause.name === 'TimeoutError';
  return new HubError(timedOut ? 'model_time_out' : 'model_unavailable', because, { cause: error });
}

function findHubError(thrown: unknown): HubError | null {
  let current = thrown;
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    if (current instanceof HubError) return current;
    current = current.cause;
  }
  return null;
}

function readRetryAfter(headers: unknown): number | null {
  const value = headers instanceof Headers ? headers.get('retry-after') : null;
  if (value === null) return null;
  const seconds = Number.isNaN(Number(value)) ? (Date.parse(value) - Date.now()) / 1000 : Number(value);
  return Number.isFinite(seconds) ? Math.max(0, Math.min(60, seconds)) : null;
}

function quoteOf(failure: ProviderFailure): string {
  const text = typeof failure.message === 'string' ? failure.message : 'no reason was given';
  return text.replace(/\b(?:sk|key)-[\w-]{6,}/g, '…').slice(0, longestQuote);
}
