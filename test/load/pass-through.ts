import Fastify from 'fastify';
import OpenAI from 'openai';

/** The least that could be done: Fastify and the `openai` package, streaming through. The baseline of the bench. */
const client = new OpenAI({ apiKey: 'none', baseURL: `${process.argv[2]}/v1` });
const app = Fastify();
app.post<{ Body: { input: string } }>('/run', async (request, reply) => {
  reply.hijack();
  reply.raw.writeHead(200, { 'content-type': 'text/event-stream' });
  const stream = await client.chat.completions.create({
    model: 'bench',
    stream: true,
    stream_options: { include_usage: true },
    messages: [{ role: 'user', content: request.body.input }],
  });
  for await (const chunk of stream) {
    const text = chunk.choices[0]?.delta.content;
    if (text) reply.raw.write(`data: ${JSON.stringify({ type: 'text-delta', text })}\n\n`);
  }
  reply.raw.end('event: run-end\ndata: {}\n\n');
});
process.send?.({ url: await app.listen({ host: '127.0.0.1', port: 0 }) });
