import { z } from 'zod';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import type { SqlFault } from '#server/contract/sql.ts';
import { SqlFailure } from './sql-failure.ts';

/** What DuckDB throws with `errors_as_json`. */
const EngineError = z.looseObject({
  exception_type: z.string(),
  exception_message: z.string(),
  /** In bytes of UTF-8, from the beginning. */
  position: z.coerce.number().int().optional(),
  error_subtype: z.string().optional(),
});

const longestMessage = 2000;

/**
 * What the engine threw, as its writer should read it.
 *
 * @param asked - what the engine was given, and where a character of it stands in what a person wrote; without it the
 * SQL was none of theirs and its places mean nothing
 */
export function toFailure(
  thrown: unknown,
  asked?: { sql: string; toPlace: (offset: number) => { sql: string; offset: number } },
): SqlFailure {
  if (thrown instanceof SqlFailure) return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const error = readEngineError(text);
  if (error === null) return new SqlFailure('failed', text.slice(0, longestMessage));
  const { position } = error;
  const place =
    position === undefined || asked === undefined
      ? undefined
      : asked.toPlace(Buffer.from(asked.sql).subarray(0, position).toString('utf8').length);
  return new SqlFailure(kindOf(error), wordsOf(error), place);
}

function readEngineError(text: string) {
  try {
    return EngineError.parse(JSON.parse(text.slice(text.indexOf('{'))));
  } catch {
    return null;
  }
}

function kindOf({ exception_type: type, error_subtype: subtype }: z.infer<typeof EngineError>): SqlFault['kind'] {
  if (type === 'Out of Memory') return 'too_much_memory';
  if (type === 'Permission') return 'not_allowed';
  if (type === 'Parser' || type === 'Syntax') return 'syntax';
  if (subtype === 'MISSING_ENTRY' || subtype === 'COLUMN_NOT_FOUND') return 'unknown_name';
  return 'failed';
}

function wordsOf({
  exception_type: type,
  exception_message: message,
}: z.infer<typeof EngineError>): string | LocalizedText {
  if (type === 'Out of Memory') {
    return {
      en: 'The query needs more memory than a query may take. Read fewer rows or columns, or aggregate earlier.',
      zh: '查询需要的内存超过上限。请减少读取的行或列，或更早聚合。',
    };
  }
  if (type === 'Permission') {
    return {
      en: 'Queries read tables only: no files, no network, no extensions, no settings.',
      zh: '查询只能读取数据表：不能使用文件、网络、扩展或设置。',
    };
  }
  return message.slice(0, longestMessage);
}
