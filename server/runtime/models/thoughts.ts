import { AIMessage, type BaseMessage } from '@langchain/core/messages';

/**
 * Reasoning that a server wants back, word for word, with the calls that it led to; from no other model. Where it is sealed,
 * the text says nothing of its `tokens`; null or absent: the server did not count them.
 */
type Thoughts = { model: string; text: string; tokens?: number | null };

/** What an assistant's message keeps of the reasoning behind its calls; null: the server did not say that it wants it. */
export function keepThoughts(model: string, text: string | null, counted: number): { thoughts?: Thoughts } {
  return text === null ? {} : { thoughts: { model, text, tokens: counted === 0 ? null : counted } };
}

/** The reasoning of a model among messages, by the first call that it led to. */
export function findThoughts(messages: readonly BaseMessage[], model: string): Map<string, string> {
  return new Map(
    messages.flatMap((message): [string, string][] => {
      const thoughts = readThoughts(message);
      const call = AIMessage.isInstance(message) ? message.tool_calls?.[0]?.id : undefined;
      return thoughts?.model === model && call !== undefined ? [[call, thoughts.text]] : [];
    }),
  );
}

export function readThoughts({ additional_kwargs: more }: BaseMessage): Thoughts | null {
  return (more['thoughts'] as Thoughts | undefined) ?? null;
}
