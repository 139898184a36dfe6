import { parseDocument, type Document } from 'yaml';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError } from '#server/hub-error.ts';

const mostAliases = 10_000;
const longestMessage = 300;

/**
 * Reads JSON or YAML 1.2 as plain values. Aliases become one value that is shared, so they cannot multiply; whoever walks
 * what comes of it has to expect circles.
 *
 * @param address - of the document, by which failures name it; null for one that was sent as a text
 * @throws {HubError} `validation_failed` with line and column, when it is neither
 */
export function parseText(text: string, address: string | null): unknown {
  const name = address ?? 'The description';
  const trimmed = text.replace(/^\ufeff/, '').trimStart();
  if (trimmed === '') throw refusal(name, { en: 'It is empty.', zh: '它是空的。' });
  if (trimmed.startsWith('<')) {
    throw refusal(name, {
      en: 'It is a web page or XML. Give the address or the text of the JSON or YAML file itself.',
      zh: '它是网页或 XML。请给出 JSON 或 YAML 文件本身的地址或文本。',
    });
  }
  if (trimmed.startsWith('{')) {
    try {
      return JSON.parse(trimmed) as unknown;
    } catch {
      // YAML can be written in braces too; if this is none, its reader knows the line.
    }
  }
  return parseYaml(text, name);
}

function parseYaml(text: string, name: string): unknown {
  const document = parseDocument(text, { schema: 'core', merge: true, uniqueKeys: false, stringKeys: true });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = error.linePos?.[0] ?? {};
    const place =
      line === undefined
        ? { en: '', zh: '' }
        : { en: `Line ${line}, column ${col}: `, zh: `第 ${line} 行第 ${col} 列：` };
    const said = toSentence(error.message);
    const isTooDeep = error.code === 'RESOURCE_EXHAUSTION';
    throw refusal(name, {
      en: `${place.en}${isTooDeep ? 'it is nested too deeply' : said}.`,
      zh: `${place.zh}${isTooDeep ? '嵌套过深' : said}。`,
    });
  }
  return toValue(document, name);
}

function toValue(document: Document.Parsed, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: mostAliases }) as unknown;
  } catch (error) {
    throw refusal(
      name,
      error instanceof RangeError
        ? { en: 'It is nested too deeply.', zh: '它嵌套过深。' }
        : {
            en: 'Its aliases (*name) are too many, or lead nowhere.',
            zh: '其中的别名（*name）过多，或没有指向任何内容。',
          },
    );
  }
}

/** Without the place and the excerpt that the reader puts below. */
const toSentence = (message: string) =>
  (message.split(/ at line \d+|\n/)[0] ?? '').replace(/:$/, '').slice(0, longestMessage);

function refusal(name: string, message: LocalizedText): HubError {
  return new HubError(
    'validation_failed',
    {
      en: `${name} cannot be read as JSON or YAML. ${message.en}`,
      zh: `无法将${name === 'The description' ? '接口描述' : ` ${name} `}读取为 JSON 或 YAML。${message.zh}`,
    },
    { errors: [{ path: name, message }] },
  );
}
