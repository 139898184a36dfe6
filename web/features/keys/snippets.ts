export type SnippetInput = { origin: string; key: string; agent: string };
export const snippetKinds = ['curl', 'typescript', 'python'] as const;
export type SnippetKind = (typeof snippetKinds)[number];

/** Ready calls of an agent, as they can be pasted. */
export function toSnippets({ origin, key, agent }: SnippetInput): Record<SnippetKind, string> {
  return {
    curl: `curl -N ${origin}/api/agents/${agent}/runs \\
  -H 'Authorization: Bearer ${key}' \\
  -H 'Content-Type: application/json' \\
  -d '{"input": "What can you do?", "stream": true}'`,
    typescript: `import OpenAI from 'openai';

const hub = new OpenAI({ baseURL: '${origin}/v1', apiKey: '${key}' });
const answer = await hub.chat.completions.create({
  model: '${agent}',
  messages: [{ role: 'user', content: 'What can you do?' }],
});
console.log(answer.choices[0].message.content);`,
    python: `from openai import OpenAI

hub = OpenAI(base_url="${origin}/v1", api_key="${key}")
answer = hub.chat.completions.create(
    model="${agent}",
    messages=[{"role": "user", "content": "What can you do?"}],
)
print(answer.choices[0].message.content)`,
  };
}
