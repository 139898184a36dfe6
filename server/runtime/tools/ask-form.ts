import { z } from 'zod';
import { Form, FormValues } from '#server/contract/form.ts';
import { HubError } from '#server/hub-error.ts';
import { defineTool } from './tool.ts';

const onlyInRuns = {
  en: 'A form is asked only in a run, where there is a person who fills it in: try it in the chat.',
  zh: '表单只在运行中向填写它的用户显示：请在对话中试用。',
};

/** Asks the person for typed values; the run waits for them, also over a restart of the hub. */
export function createAskFormTool() {
  return defineTool({
    id: 'ask-form',
    title: { en: 'Ask with a form', zh: '用表单询问' },
    description: {
      en:
        'Shows the person a form with typed fields and waits until they send it. Use it when several values are needed before ' +
        'you can go on, or when a value must be one of some choices, a number or a date. Ask for everything at once, and for ' +
        'nothing that was said already. The person may decline; then go on without the values or say what is missing.',
      zh: '向用户显示一个带有类型字段的表单，并等待用户填写。需要多个值、选项、数字或日期才能继续时使用。一次问全，不问已经知道的内容。用户可以拒绝填写。',
    },
    category: 'basics',
    effect: 'read',
    untrusted: false,
    input: Form,
    output: z.object({
      declined: z.boolean().describe('True when the person did not want to fill in the form.'),
      values: FormValues.optional().describe('The values by the names of the fields; fields left empty are missing.'),
    }),
    timeoutMs: 1000,
    maximumResultBytes: 64_000,
    intent: ({ title }, language) => (language === 'zh' ? `询问：${title}` : `Asking: ${title}`),
    ask: (form) => form,
    onlyInRuns,
    run: async () => {
      throw new HubError('tool_unavailable', onlyInRuns);
    },
  });
}
