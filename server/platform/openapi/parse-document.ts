import { parseDocument, type Document } from 'yaml';
import { HubError } from '#server/hub-error.ts';

const mostAliases = 10_000;
const longestMessage = 300;

/**
 * Reads JSON or YAML 1.2 as plain values. Aliases become one value that is shared, so they cannot multiply; whoever walks
 * what comes of it has to expect circles.
 *
 * @param name - what the document is called in failures
 * @throws {HubError} `validation_failed` with line and column, when it is neither
 */
export function parseText(text: string, name: string): unknown {
  const trimmed = text.replace(/^\ufeff/, '').trimStart();
  if (trimmed === '') throw refusal(name, 'It is empty.');
  if (trimmed.startsWith('<')) {
    throw refusal(name, 'It is a web page or XML. Give the address or the text of the JSON or YAML file itself.');
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
    const place = line === undefined ? '' : `Line ${line}, column ${col}: `;
    const message = error.code === 'RESOURCE_EXHAUSTION' ? 'it is nested too deeply' : toSentence(error.message);
    throw refusal(name, `${place}${message}.`);
  }
  return toValue(document, name);
}

function toValue(document: Document.Parsed, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: mostAliases }) as unknown;
  } catch (error) {
    throw refusal(
      name,
      error instanceof RangeError ? 'It is nested too deeply.' : 'Its aliases (*name) are too many, or lead nowhere.',
    );
  }
}

/** Without the place and the excerpt that the reader puts below. */
const toSentence = (message: string) =>
  (message.split(/ at line \d+|\n/)[0] ?? '').replace(/:$/, '').slice(0, longestMessage);

function refusal(name: string, message: string): HubError {
  return new HubError('validation_failed', `${name} cannot be read as JSON or YAML. ${message}`, {
    errors: [{ path: name, message }],
  });
}
