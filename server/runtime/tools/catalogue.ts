import { createAskFormTool } from './ask-form.ts';
import { createAuditContractTool } from './audit-contract.ts';
import { createCalculatorTool } from './calculator.ts';
import { createChartTool } from './chart.ts';
import { createExplainTransactionTool } from './explain-transaction.ts';
import { createGenerateImageTool } from './generate-image.ts';
import type { ToolPorts } from './ports.ts';
import { createReadWebPageTool } from './read-web-page.ts';
import { createRunCodeTool } from './run-code.ts';
import { createTimeTool } from './time.ts';
import { createTokenBalanceTool } from './token-balance.ts';
import type { Tool } from './tool.ts';

export type ToolCatalogue = { list: () => Tool[]; find: (id: string) => Tool | null };

/** Every tool of the hub, in the order that the builder shows them. A new tool is one file and one line here. */
export function createToolCatalogue(ports: ToolPorts): ToolCatalogue {
  const tools = [
    createCalculatorTool(),
    createTimeTool(ports),
    createAskFormTool(),
    createReadWebPageTool(ports),
    createRunCodeTool(ports),
    createChartTool(ports),
    createGenerateImageTool(ports),
    createTokenBalanceTool(ports),
    createExplainTransactionTool(ports),
    createAuditContractTool(ports),
  ];
  const byId = new Map(tools.map((tool) => [tool.id, tool]));
  return { list: () => tools, find: (id) => byId.get(id) ?? null };
}
