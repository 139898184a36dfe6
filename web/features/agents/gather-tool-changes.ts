import type { DefinitionChange } from '#server/contract/agent.ts';
import { AgentTool } from '#server/contract/agent-definition.ts';
import { isObject } from '#server/contract/is-object.ts';
import type { JsonObject, JsonValue } from '#server/contract/json.ts';

/** What a tool was and is: all of it where it came or went, else as much as differs. */
export type ToolChange = { id: string; before: JsonObject; after: JsonObject };

/** Changes, those of each tool as one, in the order in which they come. Pure. */
export function gatherToolChanges(changes: readonly DefinitionChange[]): (DefinitionChange | ToolChange)[] {
  const tools = new Map<string, ToolChange>();
  return changes.flatMap((change): (DefinitionChange | ToolChange)[] => {
    const place = toPlace(change);
    if (place === null) return [change];
    const known = tools.get(place.id);
    const tool = known ?? { id: place.id, before: {}, after: {} };
    tools.set(place.id, tool);
    put(tool.before, place, change.before);
    put(tool.after, place, change.after);
    return known === undefined ? [tool] : [];
  });
}

type Place = { id: string; member?: string | undefined; name?: string | undefined };

// A tool's id may have dots, as the name of a parameter may.
const memberPath = new RegExp(`^tools\\.(.+?)\\.(${Object.keys(AgentTool.shape).join('|')})(?:\\.(.+))?$`);

/** Null for what is no tool's, or one's that is told by its position alone. */
function toPlace({ path, before, after }: DefinitionChange): Place | null {
  const whole = [after, before].find(isObject)?.['id'];
  if (typeof whole === 'string' && (path === `tools.${whole}` || /^tools\.\d+$/.test(path))) return { id: whole };
  const [, id, member, name] = memberPath.exec(path) ?? [];
  return id === undefined || /^\d+$/.test(id) ? null : { id, member, name };
}

function put(tool: JsonObject, { member, name }: Place, value: JsonValue | undefined): void {
  if (value === undefined) return;
  if (member === undefined) Object.assign(tool, value);
  else if (name === undefined) tool[member] = value;
  else {
    const parts = tool[member];
    tool[member] = { ...(isObject(parts) ? parts : {}), [name]: value };
  }
}
