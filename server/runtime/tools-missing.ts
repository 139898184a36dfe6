import { isToolsetTool } from '#server/contract/identifier.ts';
import { HubError } from '#server/hub-error.ts';
import { toToolsetOwner, type TurnInput } from './turn-input.ts';

type OwnedTurn = Pick<TurnInput, 'actor' | 'ownerId' | 'callers' | 'taken' | 'handBackTo'>;

/** That the tools with these identifiers, which the agent of a turn has, are not there; and what to do. */
export function toolsMissing(ids: string[], turn: OwnedTurn): HubError {
  const named = ids.map((id) => `"${id}"`).join(', ');
  return new HubError('tool_unavailable', `This hub has no tool ${named}. ${toAdvice(ids, turn)}`);
}

/** That toolsets of an agent's do not let the hub in any more; and what to do. */
export function signInFirst(toolsets: string[]): HubError {
  const names = toolsets.map((name) => `"${name}"`).join(', ');
  return new HubError('tool_unavailable', {
    en: `${names} asks for a new sign-in: whose toolset it is opens Toolsets and chooses "Sign in", or takes its tools out of the agent.`,
    zh: `${names} 需要重新登录：请工具集的所有者打开“工具集”并选择“登录”，或从智能体中移除它的工具。`,
  });
}

function toAdvice(ids: string[], turn: OwnedTurn): string {
  const connected = ids.find(isToolsetTool);
  if (connected === undefined) return 'Take it out of the agent in the builder.';
  if (turn.ownerId !== null) {
    return 'Its toolset is gone, or no longer offers it: load the toolset again, or take the tool out of the agent in the builder.';
  }
  if (toToolsetOwner(turn) === null) {
    return 'An agent that came with the hub uses your toolsets only where you ask it yourself: begin a conversation with it.';
  }
  return `This agent came with the hub and uses your own toolsets: connect one as "${connected.split('/')[0]}", and let agents have the tool.`;
}
