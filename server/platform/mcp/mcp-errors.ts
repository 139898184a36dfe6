import { z } from 'zod';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError } from '#server/hub-error.ts';
import type { Sdk } from './load-sdk.ts';
import { cutText } from './shown-text.ts';

const depthOfCauses = 5;

const quoted = (text: string) => cutText(text.replaceAll(/\s+/g, ' '), 300);

export const signInNeeded = (shown: string) =>
  new HubError('tool_unavailable', {
    en: `Sign in to ${shown}, or enter a key that it takes: it does not let the hub in.`,
    zh: `${shown} 拒绝本中枢访问：请登录，或填写它接受的密钥。`,
  });

export const moreRightsNeeded = (shown: string, scope: string | null) =>
  new HubError('tool_unavailable', {
    en: `Sign in to ${shown} again: it asks for rights that the last sign-in did not give${
      scope === null ? '' : ` (${quoted(scope)})`
    }.`,
    zh: `请重新登录 ${shown}：它要求上次登录未授予的权限${scope === null ? '' : `（${quoted(scope)}）`}。`,
  });

export const signInFailed = (shown: string, why: LocalizedText, cause: unknown) =>
  new HubError(
    'tool_unavailable',
    { en: `The sign-in to ${shown} failed: ${why.en}`, zh: `登录 ${shown} 失败：${why.zh}` },
    { cause },
  );

function findHubError(thrown: unknown): HubError | null {
  let current = thrown;
  for (let depth = 0; depth < depthOfCauses && current instanceof Error; depth += 1) {
    if (current instanceof HubError) return current;
    current = current.cause;
  }
  return null;
}

const RpcFailure = z.object({ error: z.object({ code: z.number(), message: z.string() }) });

function parseJson(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

/** The JSON-RPC error that a server answered with, also where it came with a status that the vendor's client reads first. */
export function findRpcFailure(thrown: unknown, sdk: Sdk): { code: number; message: string } | null {
  if (sdk.ProtocolError.isInstance(thrown)) return { code: thrown.code, message: thrown.message };
  if (!sdk.SdkHttpError.isInstance(thrown)) return null;
  return RpcFailure.safeParse(parseJson(thrown.data['text'])).data?.error ?? null;
}

function toHttpFailure(shown: string, status: number, cause: unknown): HubError {
  if (status === 401) return signInNeeded(shown);
  if (status === 403) {
    return new HubError(
      'tool_unavailable',
      {
        en: `${shown} refuses what the hub shows it. Check the key or the sign-in.`,
        zh: `${shown} 拒绝了本中枢的凭据。请检查密钥或登录。`,
      },
      { cause },
    );
  }
  if (status === 404 || status === 405 || status === 410) {
    return new HubError(
      'tool_unavailable',
      {
        en: `Nothing at this address of ${shown} speaks MCP (${status}). Check it.`,
        zh: `${shown} 的此地址上没有 MCP 服务（${status}）。请检查地址。`,
      },
      { cause },
    );
  }
  if (status === 429)
    return new HubError(
      'unavailable',
      { en: `${shown} has had too many requests. Wait a while.`, zh: `${shown} 收到的请求过多。请稍候。` },
      { cause },
    );
  return new HubError(
    'unavailable',
    {
      en: `${shown} answered with an error (${status}). Try again later.`,
      zh: `${shown} 返回了错误（${status}）。请稍后再试。`,
    },
    { cause },
  );
}

/**
 * What went wrong between the hub and a server, in words for people; the original is its cause.
 *
 * A failure of the egress client stays what it is, however deep the vendor's client wrapped it.
 */
export function toMcpError(thrown: unknown, shown: string, sdk: Sdk): Error {
  const known = findHubError(thrown);
  if (known !== null) return known;
  if (!(thrown instanceof Error) || thrown.name === 'AbortError') return thrown as Error;
  // The class has no members of its own, so TypeScript would take every error for one.
  const isUnauthorized: boolean = sdk.UnauthorizedError.isInstance(thrown);
  if (isUnauthorized) return signInNeeded(shown);
  if (sdk.InsufficientScopeError.isInstance(thrown)) return moreRightsNeeded(shown, thrown.requiredScope ?? null);
  const failure = findRpcFailure(thrown, sdk);
  const status = sdk.SdkHttpError.isInstance(thrown) ? thrown.data.status : null;
  if (failure !== null && status !== 401 && status !== 403) {
    const said = quoted(failure.message);
    return new HubError(
      'unavailable',
      { en: `${shown} answered with an error: ${said}`, zh: `${shown} 返回了错误：${said}` },
      { cause: thrown },
    );
  }
  if (status !== null) return toHttpFailure(shown, status, thrown);
  if (sdk.SdkError.isInstance(thrown) && thrown.code === sdk.SdkErrorCode.RequestTimeout) {
    return new HubError(
      'unavailable',
      { en: `${shown} took too long.`, zh: `${shown} 响应太慢。` },
      { cause: new DOMException('limit', 'TimeoutError') },
    );
  }
  if (sdk.SdkError.isInstance(thrown) && thrown.code === sdk.SdkErrorCode.UnsupportedResultType) {
    const words = {
      en: `${shown} asks for something in the middle of its work, which agents here cannot answer.`,
      zh: `${shown} 在执行过程中提出了请求，而此处的智能体无法答复。`,
    };
    return new HubError('tool_unavailable', words, { cause: thrown });
  }
  if (sdk.SdkError.isInstance(thrown) && thrown.code === sdk.SdkErrorCode.ListPaginationExceeded) {
    const words = { en: `${shown} does not end its lists.`, zh: `${shown} 的列表没有尽头。` };
    return new HubError('tool_unavailable', words, { cause: thrown });
  }
  if (sdk.SdkError.isInstance(thrown) && thrown.code === sdk.SdkErrorCode.ConnectionClosed) {
    return new HubError(
      'unavailable',
      { en: `${shown} closed the connection. Try again.`, zh: `${shown} 关闭了连接。请重试。` },
      { cause: thrown },
    );
  }
  if ('code' in thrown && thrown.code === 'ENOENT') {
    const words = { en: `The command ${shown} is not there.`, zh: `找不到命令 ${shown}。` };
    return new HubError('tool_unavailable', words, { cause: thrown });
  }
  return new HubError(
    'unavailable',
    {
      en: `${shown} does not speak MCP as it should. Check the address, or ask those who run it.`,
      zh: `${shown} 不符合 MCP 规范。请检查地址，或联系其运营方。`,
    },
    { cause: thrown },
  );
}
