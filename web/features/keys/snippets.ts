export type SnippetInput = {
  origin: string;
  apiKey: string;
  agent: string;
  /** The version that always answers; null: the newest. */
  version?: number | null;
  /** What the agent asks before it answers. */
  variables?: Record<string, string>;
};
export const openAIKinds = ['openaiTypescript', 'openaiPython'] as const;
export const snippetKinds = ['curl', 'typescript', 'python', ...openAIKinds] as const;
export type SnippetKind = (typeof snippetKinds)[number];

const question = 'What can you do?';

/** Ready calls of an agent, as they can be pasted; the first three print the answer as it comes. */
export function toSnippets({
  origin,
  apiKey,
  agent,
  version = null,
  variables = {},
}: SnippetInput): Record<SnippetKind, string> {
  const address = `${origin}/api/agents/${agent}/runs`;
  const model = version === null ? agent : `${agent}@${version}`;
  const more = {
    ...(version === null ? {} : { version }),
    ...(Object.keys(variables).length === 0 ? {} : { variables }),
  };
  const members = Object.entries({ input: question, ...more }).map(
    ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  const body = (yes: string) => `{${[...members, `"stream": ${yes}`].join(', ')}}`;
  return {
    curl: `curl -N ${address} \\
  -H 'Authorization: Bearer ${apiKey}' \\
  -H 'Content-Type: application/json' \\
  -d '${body('true').replaceAll("'", "'\\''")}'`,
    typescript: `const response = await fetch('${address}', {
  method: 'POST',
  headers: { Authorization: 'Bearer ${apiKey}', 'Content-Type': 'application/json' },
  body: JSON.stringify(${body('true')}),
});
if (!response.ok || response.body === null) throw new Error(await response.text());

const decoder = new TextDecoder();
let rest = '';
for await (const bytes of response.body) {
  const lines = (rest + decoder.decode(bytes, { stream: true })).split('\\n');
  rest = lines.pop() ?? '';
  for (const line of lines) {
    if (!line.startsWith('data: ')) continue;
    const event = JSON.parse(line.slice(6));
    if (event.type === 'text-delta') process.stdout.write(event.text);
    if (event.type === 'error') throw new Error(event.problem.detail);
  }
}`,
    python: `import json
import requests

response = requests.post(
    "${address}",
    headers={"Authorization": "Bearer ${apiKey}"},
    json=${body('True')},
    stream=True,
    timeout=60,
)
response.raise_for_status()
for line in response.iter_lines():
    if not line.startswith(b"data: "):
        continue
    event = json.loads(line[6:])
    if event["type"] == "text-delta":
        print(event["text"], end="", flush=True)
    if event["type"] == "error":
        raise RuntimeError(event["problem"]["detail"])`,
    openaiTypescript: `import OpenAI from 'openai';

const hub = new OpenAI({ baseURL: '${origin}/v1', apiKey: '${apiKey}' });
const answer = await hub.chat.completions.create({
  model: '${model}',
  messages: [{ role: 'user', content: '${question}' }],
});
console.log(answer.choices[0].message.content);`,
    openaiPython: `from openai import OpenAI

hub = OpenAI(base_url="${origin}/v1", api_key="${apiKey}")
answer = hub.chat.completions.create(
    model="${model}",
    messages=[{"role": "user", "content": "${question}"}],
)
print(answer.choices[0].message.content)`,
  };
}
