import { z } from 'zod';
import { HubError } from '#server/hub-error.ts';
import { defineTool } from './tool.ts';

const longestPart = 12_000;

/** Pages through a result of this run that was too big to be given whole. Offered once there is one. */
export function createReadResultTool() {
  return defineTool({
    id: 'read-result',
    title: { en: 'Read a long result', zh: '查看长结果' },
    description: {
      en: 'Reads on in the result of an earlier tool call of this turn that was too big to show. Give the tool’s name and where to begin; "next" of the answer is where the following part begins.',
      zh: '继续阅读本轮中因过大而未完整显示的工具结果。给出工具名称和起始位置；返回的 "next" 是下一部分的起点。',
    },
    category: 'basics',
    effect: 'read',
    untrusted: true,
    input: z.strictObject({
      tool: z.string().min(1).max(200).describe('The tool whose newest result is meant.'),
      offset: z.number().int().min(0).default(0).describe('Characters to leave out at the beginning.'),
      length: z.number().int().min(1).max(longestPart).default(longestPart),
    }),
    output: z.object({
      text: z.string(),
      offset: z.number().int(),
      total: z.number().int().describe('Characters of the whole result.'),
      next: z.number().int().nullable(),
    }),
    timeoutMs: 10_000,
    maximumResultBytes: 64_000,
    intent: ({ tool, offset }, language) =>
      language === 'zh' ? `查看 ${tool} 的结果，从 ${offset} 起` : `Reading the result of ${tool} from ${offset}`,
    run: async ({ tool, offset, length }, { material }) => {
      const found = (await material?.())?.results.findLast(
        (result) => result.tool === tool || result.tool.endsWith(`/${tool}`),
      );
      if (found === undefined) {
        throw new HubError('not_found', {
          en: `There is no result of "${tool}" in this turn. Call that tool again.`,
          zh: `本轮没有“${tool}”的结果。请再次调用该工具。`,
        });
      }
      const whole = typeof found.output === 'string' ? found.output : JSON.stringify(found.output);
      const text = whole.slice(offset, offset + length);
      const end = offset + text.length;
      return { output: { text, offset, total: whole.length, next: end < whole.length ? end : null } };
    },
  });
}
