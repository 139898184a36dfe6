import { z } from 'zod';
import { defineTool } from '#server/runtime/tools/tool.ts';
import { requireAlerts } from './require-alerts.ts';

const Input = z.strictObject({
  firings: z.number().int().min(0).max(50).default(10).describe('How many of the latest firings you want to see.'),
});
const Output = z.object({
  alerts: z.array(
    z.object({
      name: z.string(),
      summary: z.string(),
      value: z.string().nullable(),
      unit: z.string().nullable(),
      isMet: z.boolean().nullable(),
      paused: z.boolean(),
      fault: z.string().nullable(),
      lastFiredAt: z.string().nullable(),
    }),
  ),
  firings: z.array(
    z.object({
      alert: z.string(),
      summary: z.string(),
      firedAt: z.string(),
      isWithdrawn: z.boolean(),
      explorerUrl: z.string().nullable(),
    }),
  ),
  note: z.string(),
});

/** The person's alerts with what they saw last, and what they told lately. */
export function createListAlertsTool() {
  return defineTool({
    id: 'list-alerts',
    title: { en: 'List alerts', zh: '列出提醒' },
    description: {
      en: "Lists the person's alerts: how they stand, and which of them fired lately.",
      zh: '列出用户的提醒：当前状态，以及最近触发了哪些。',
    },
    category: 'data',
    effect: 'read',
    untrusted: true,
    input: Input,
    output: Output,
    timeoutMs: 20_000,
    maximumResultBytes: 32_000,
    intent: (_input, language) => (language === 'zh' ? '查看提醒' : 'Looking at the alerts'),
    run: async ({ firings: wanted }, context) => {
      const desk = requireAlerts(context);
      const { language } = context;
      const [alerts, firings] = await Promise.all([desk.list(), wanted === 0 ? [] : desk.listFirings(wanted)]);
      return {
        output: {
          alerts: alerts.map(({ name, summary, value, unit, isMet, paused, fault, lastFiredAt }) => ({
            name,
            summary: summary[language],
            value,
            unit,
            isMet,
            paused: paused !== null,
            fault: fault?.message[language] ?? null,
            lastFiredAt,
          })),
          firings: firings.map(({ alert, facts, firedAt, withdrawnAt }) => ({
            alert: alert.name,
            summary: facts.summary[language],
            firedAt,
            isWithdrawn: withdrawnAt !== null,
            explorerUrl: facts.explorerUrl,
          })),
          note: alerts.length === 0 ? 'The person has no alerts yet.' : 'These are all alerts of the person.',
        },
        sources: firings.flatMap(({ facts }) =>
          facts.block === null
            ? []
            : [
                {
                  title: facts.summary[language],
                  url: facts.explorerUrl ?? facts.block.explorerUrl,
                  excerpt:
                    language === 'zh'
                      ? `区块 ${facts.block.number}，${facts.block.timestamp}，链 ${facts.block.chainId}，区块哈希 ${facts.block.hash}`
                      : `Block ${facts.block.number}, ${facts.block.timestamp}, chain ${facts.block.chainId}, block hash ${facts.block.hash}`,
                },
              ],
        ),
      };
    },
  });
}
