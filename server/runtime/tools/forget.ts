import { z } from 'zod';
import type { Notes } from '#server/runtime/memory/open-notebook.ts';
import { noSuchFact } from './remember.ts';
import { defineTool } from './tool.ts';

const Input = z.strictObject({ number: z.number().int().min(1).describe('Number of the remembered fact.') });
const Output = z.object({ forgotten: z.string() });

/** Drops a fact that an agent remembers. Given to an agent by its memory, not by its creator. */
export function createForgetTool(notes: Notes) {
  return defineTool({
    id: 'forget',
    title: { en: 'Forget', zh: '忘记' },
    description: {
      en: 'Drops a remembered fact: it no longer holds, or the person asks for it.',
      zh: '忘记一件已不成立、或用户要求忘记的事。',
    },
    category: 'basics',
    effect: 'write',
    untrusted: false,
    input: Input,
    output: Output,
    timeoutMs: 10_000,
    maximumResultBytes: 8_000,
    intent: ({ number }, language) => {
      const text = notes.find(number)?.text ?? String(number);
      return language === 'zh' ? `忘记：${text}` : `Forgetting: ${text}`;
    },
    run: async ({ number }) => {
      const fact = notes.find(number);
      if (fact === null) throw noSuchFact(number);
      await notes.forget(fact);
      return { output: { forgotten: fact.text } };
    },
  });
}
