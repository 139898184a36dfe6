import { createCalculatorTool } from './calculator.ts';
import type { ToolPorts } from './ports.ts';
import { createReadWebPageTool } from './read-web-page.ts';
import { createTimeTool } from './time.ts';
import type { Tool } from './tool.ts';

/** The tools that the hub offers, by their identifiers. */
export function createToolCatalogue(ports: ToolPorts) {
  const tools: Tool[] = [createCalculatorTool(), createTimeTool(ports), createReadWebPageTool(ports)];
  const byId = new Map(tools.map((tool) => [tool.id, tool]));
  return { list: (): Tool[] => tools, find: (id: string): Tool | null => byId.get(id) ?? null };
}
