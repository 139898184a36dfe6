import { Readable } from 'node:stream';
import type { Actor } from '#server/contract/actor.ts';
import type { Conversation, ConversationSummary, Message } from '#server/contract/conversation.ts';
import type { ConversationExportQuery } from '#server/contract/conversation-export.ts';
import { readVariableValues } from '#server/contract/variable-values.ts';
import { toFileStem } from '#server/contract/file-name.ts';
import { exportWords } from './export-words.ts';
import type { ConversationReader } from './read-conversation.ts';
import { toMarkdownHead, toMarkdownMessage } from './to-markdown.ts';

type Exported = { name: string; mediaType: string; content: Readable };

/** Writes conversations as files, message by message as they are read. */
export function createConversationExporter({ get, toSummaries, readShown }: ConversationReader) {
  /** @throws {HubError} `not_found` */
  return async (
    actor: Actor,
    id: string,
    { format, language }: ConversationExportQuery & { language: 'en' | 'zh' },
  ): Promise<Exported> => {
    const conversation = await get(actor, id);
    const [summary] = await toSummaries([conversation]);
    if (summary === undefined) throw new TypeError('a conversation has no summary');
    const words = exportWords[language];
    const name = toFileStem(summary.title || words.untitled, 'conversation');
    const messages = readShown(conversation);
    if (format === 'json') {
      return {
        name: `${name}.json`,
        mediaType: 'application/json; charset=utf-8',
        content: Readable.from(
          writeJson({ ...summary, variables: readVariableValues(conversation.variables) }, messages),
        ),
      };
    }
    return {
      name: `${name}.md`,
      mediaType: 'text/markdown; charset=utf-8',
      content: Readable.from(
        (async function* () {
          yield toMarkdownHead(summary, words);
          for await (const message of messages) yield toMarkdownMessage(message, words);
        })(),
      ),
    };
  };
}

async function* writeJson(
  conversation: ConversationSummary & Pick<Conversation, 'variables'>,
  messages: AsyncIterable<Message>,
): AsyncGenerator<string> {
  yield `{"conversation":${JSON.stringify(conversation)},"messages":[`;
  let separator = '\n';
  for await (const message of messages) {
    yield `${separator}${JSON.stringify(message)}`;
    separator = ',\n';
  }
  yield '\n]}\n';
}
