import { z } from 'zod';
import { FactText } from '#server/contract/memory.ts';
import { HubError } from '#server/hub-error.ts';
import type { Notes } from '#server/runtime/memory/open-notebook.ts';
import { toPlainText } from './plain-text.ts';
import { defineTool } from './tool.ts';

const Input = z.strictObject({
  fact: FactText.describe('One lasting fact in a sentence that stands by itself, in the language of the person.'),
  replaces: z.number().int().min(1).optional().describe('Number of the remembered fact that this one corrects.'),
});
const Output = z.object({
  /** The fact's identifier, for who wants it gone again. */
  memory: z.string(),
  fact: z.string(),
  /** What it said before, when it was corrected. */
  before: z.string().nullable(),
  isNew: z.boolean(),
});

/** That nothing is remembered under a number. */
export const noSuchFact = (number: number) =>
  new HubError('validation_failed', {
    en: `There is no remembered fact number ${number}.`,
    zh: `没有编号为 ${number} 的记忆。`,
  });

/** Keeps a fact for later conversations. Given to an agent by its memory, not by its creator. */
export function createRememberTool(notes: Notes) {
  return defineTool({
    id: 'remember',
    title: { en: 'Remember', zh: '记住' },
    description: {
      en: 'Keeps a fact for later conversations. The person sees it at once and can take it back.',
      zh: '为以后的对话记住一件事。用户会立即看到，并可撤销。',
    },
    category: 'basics',
    effect: 'write',
    untrusted: false,
    input: Input,
    output: Output,
    timeoutMs: 10_000,
    maximumResultBytes: 8_000,
    intent: ({ fact }, language) => (language === 'zh' ? `记住：${fact}` : `Remembering: ${fact}`),
    run: async ({ fact, replaces }) => {
      const text = toPlainText(fact).replace(/\s+/g, ' ').trim();
      if (text === '')
        throw new HubError('validation_failed', {
          en: 'There is nothing to remember in this.',
          zh: '其中没有可记住的内容。',
        });
      const replaced = replaces === undefined ? null : notes.find(replaces);
      if (replaces !== undefined && replaced === null) throw noSuchFact(replaces);
      const before = replaced?.text ?? null;
      const { id, isNew } = await notes.keep(text, replaced);
      return { output: { memory: id, fact: text, before, isNew } };
    },
  });
}
