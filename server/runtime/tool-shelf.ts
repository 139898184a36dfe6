import { AgentTool } from '#server/contract/agent-definition.ts';
import type { EquippedTool } from './run-tool-call.ts';
import { createReadResultTool } from './tools/read-result.ts';
import { createSearchToolsTool } from './tools/search-tools.ts';
import { toModelSchema } from './tools/tool-schema.ts';

/** Up to so many tools are told to the model at once; of more, it searches. */
const mostAtOnce = 20;
const toldAtFirst = 8;
const readerName = 'read_result';
/** Made once: every turn has one at hand. */
const readResult = {
  tool: createReadResultTool(),
  settings: AgentTool.parse({ id: 'read-result', approval: 'never' }),
};

/**
 * What of an agent's tools the model is told of, step by step. Of up to 20 it knows all; of more, the first eight and a
 * tool that finds the others, whose finds it knows from its next step on.
 *
 * @param knowsAll - for models that rank all tools by themselves and pay nothing for them
 * @param found - the names of those that were found before the turn waited
 */
export function createToolShelf(
  equipped: EquippedTool[],
  { knowsAll, found: foundBefore }: { knowsAll: boolean; found: string[] },
) {
  const needsSearch = !knowsAll && equipped.length > mostAtOnce;
  const others = needsSearch ? equipped.slice(toldAtFirst) : [];
  const found: EquippedTool[] = [];
  const search = needsSearch ? [createSearch(others, load)] : [];
  const first = needsSearch ? [...search, ...equipped.slice(0, toldAtFirst)] : equipped;
  const reader = toReader(equipped);
  const byName = new Map([...search, reader, ...equipped].map((tool) => [tool.name, tool]));
  let hasLongResult = false;

  function load(names: string[]) {
    for (const name of names) {
      const tool = others.find((other) => other.name === name);
      if (tool === undefined) continue;
      const known = found.indexOf(tool);
      if (known >= 0) found.splice(known, 1);
      found.push(tool);
    }
    // The ones found long ago make room.
    found.splice(0, Math.max(0, found.length - (mostAtOnce - toldAtFirst)));
  }

  load(foundBefore);

  return {
    /** The tools of the next model call. */
    offer: () => [...first, ...found, ...(hasLongResult ? [reader] : [])].map(toOffer),
    /** From now on the model may page through results that were too big to be given whole. */
    offerReader: () => {
      hasLongResult = true;
    },
    /** The names of those that were found, the latest last. */
    listFound: () => found.map(({ name }) => name),
    /** Any tool of the agent: a model may call what it was told of earlier. */
    find: (name: string): EquippedTool | undefined => byName.get(name),
  };
}

function toReader(equipped: EquippedTool[]): EquippedTool {
  const isTaken = equipped.some(({ name }) => name === readerName);
  return { ...readResult, name: isTaken ? `${readerName}_2` : readerName };
}

function createSearch(others: EquippedTool[], load: (names: string[]) => void): EquippedTool {
  const tools = others.map((equipped) => ({
    name: equipped.name,
    title: `${equipped.tool.title.en} ${equipped.tool.title.zh}`,
    description: describe(equipped),
  }));
  const tool = createSearchToolsTool({ tools, load });
  return { name: 'search_tools', tool, settings: AgentTool.parse({ id: tool.id, approval: 'never' }) };
}

const describe = ({ tool, settings }: EquippedTool) =>
  settings.description === '' ? tool.description.en : settings.description;

const toOffer = (equipped: EquippedTool) => ({
  name: equipped.name,
  description: describe(equipped),
  parameters: toModelSchema(equipped.tool, equipped.settings),
});
