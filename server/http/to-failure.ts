import type { FastifyError, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError, toHubError } from '#server/hub-error.ts';
import { type DatabaseFault, findDatabaseFault } from '#server/platform/database-faults.ts';
import { isGone } from '#server/platform/is-gone.ts';
import { toProblemIssues } from './validation-issues.ts';

/** Nobody mends more at once, and an answer must not be many times as long as its request. */
const mostIssues = 100;

const isFastifyError = (thrown: unknown): thrown is FastifyError =>
  thrown instanceof Error && 'statusCode' in thrown && typeof thrown.statusCode === 'number';

function describeSize(bytes: number): LocalizedText {
  const mebibyte = 1024 * 1024;
  if (bytes < mebibyte) return { en: `${bytes} bytes`, zh: `${bytes} 字节` };
  const size = `${Math.round((bytes / mebibyte) * 10) / 10} MiB`;
  return { en: size, zh: size };
}

function fromStatus(error: FastifyError, request: FastifyRequest): HubError | null {
  const details = { cause: error };
  switch (error.statusCode ?? 500) {
    case 400:
      return new HubError(
        'bad_request',
        { en: `The request cannot be read: ${error.message}`, zh: `无法读取此请求：${error.message}` },
        details,
      );
    case 404:
      return new HubError(
        'not_found',
        { en: 'There is nothing at this address.', zh: '此地址没有任何内容。' },
        details,
      );
    case 406:
      // The multipart plugin's word for a body that is no form.
      return new HubError(
        'unsupported_media_type',
        {
          en: 'This route takes a form; send multipart/form-data.',
          zh: '此接口接收表单，请发送 multipart/form-data。',
        },
        details,
      );
    case 413: {
      const limit = describeSize(request.routeOptions.bodyLimit);
      const isFile = error.code.startsWith('FST_') && error.code.includes('FILE');
      return new HubError(
        'payload_too_large',
        isFile
          ? { en: error.message, zh: '文件过大，或文件过多。' }
          : {
              en: `The body is too large: this route takes ${limit.en} at most.`,
              zh: `请求正文过大：此接口最多接收 ${limit.zh}。`,
            },
        details,
      );
    }
    case 415: {
      const sent = request.headers['content-type'];
      return new HubError(
        'unsupported_media_type',
        {
          en: `This route does not take ${sent ?? 'no media type'}; send application/json.`,
          zh: `此接口不接收${sent === undefined ? '没有媒体类型的内容' : ` ${sent}`}，请发送 application/json。`,
        },
        details,
      );
    }
    case 429:
      return new HubError(
        'rate_limited',
        { en: 'Too many requests; wait a little.', zh: '请求过于频繁，请稍候。' },
        details,
      );
    default:
      return null;
  }
}

function fromDatabase(fault: DatabaseFault, cause: unknown): HubError {
  return fault === 'full'
    ? new HubError(
        'insufficient_storage',
        {
          en: 'The disk of the database is full: nothing was stored. An administrator has to make room.',
          zh: '数据库的磁盘已满，没有保存任何内容。请管理员清理空间。',
        },
        { cause },
      )
    : new HubError(
        'unavailable',
        {
          en: 'The database of the hub does not answer. Try again in a moment.',
          zh: '中枢的数据库没有响应，请稍后再试。',
        },
        {
          cause,
          retryAfterSeconds: 2,
        },
      );
}

/**
 * Turns anything that a route, a hook or Fastify itself threw into a failure that a client may see.
 *
 * Validation keeps every issue with its path; what is not known becomes `internal` and shows no text of its own.
 */
export function toFailure(thrown: unknown, request: FastifyRequest): HubError {
  if (thrown instanceof HubError) return thrown;
  if (hasZodFastifySchemaValidationErrors(thrown)) {
    const part = (thrown as { validationContext?: string }).validationContext ?? 'body';
    const errors = toProblemIssues(part, thrown.validation);
    const shown = errors.slice(0, mostIssues);
    const isCut = errors.length > shown.length;
    const detail = {
      en:
        errors.length === 1
          ? 'One thing in the request is not valid.'
          : `${errors.length} things in the request are not valid.${isCut ? ` The first ${mostIssues} are named.` : ''}`,
      zh: `请求中有 ${errors.length} 处无效。${isCut ? `以下列出前 ${mostIssues} 处。` : ''}`,
    };
    return new HubError('validation_failed', detail, { errors: shown });
  }
  if (isGone(thrown)) {
    return new HubError(
      'not_found',
      {
        en: 'Something that this request needs was deleted in the meantime.',
        zh: '此请求所需的内容在此期间已被删除。',
      },
      {
        cause: thrown,
      },
    );
  }
  const fault = findDatabaseFault(thrown);
  if (fault !== null) {
    request.log.warn({ err: thrown }, 'the database failed a request');
    return fromDatabase(fault, thrown);
  }
  return (isFastifyError(thrown) ? fromStatus(thrown, request) : null) ?? toHubError(thrown);
}
