import { isToolsetTool } from '#server/contract/identifier.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError } from '#server/hub-error.ts';
import { toToolsetOwner, type TurnInput } from './turn-input.ts';

type OwnedTurn = Pick<TurnInput, 'actor' | 'ownerId' | 'callers' | 'taken' | 'handBackTo'>;

/** That the tools with these identifiers, which the agent of a turn has, are not there; and what to do. */
export function toolsMissing(ids: string[], turn: OwnedTurn): HubError {
  const named = ids.map((id) => `"${id}"`).join(', ');
  const advice = toAdvice(ids, turn);
  return new HubError('tool_unavailable', {
    en: `This hub has no tool ${named}. ${advice.en}`,
    zh: `本中枢没有工具 ${ids.map((id) => `“${id}”`).join('、')}。${advice.zh}`,
  });
}

/** That toolsets of an agent's do not let the hub in any more; and what to do. */
export function signInFirst(toolsets: string[]): HubError {
  const names = toolsets.map((name) => `"${name}"`).join(', ');
  return new HubError('tool_unavailable', {
    en: `${names} asks for a new sign-in: whose toolset it is opens Toolsets and chooses "Sign in", or takes its tools out of the agent.`,
    zh: `${names} 需要重新登录：请工具集的所有者打开“工具集”并选择“登录”，或从智能体中移除它的工具。`,
  });
}

function toAdvice(ids: string[], turn: OwnedTurn): LocalizedText {
  const connected = ids.find(isToolsetTool);
  if (connected === undefined)
    return { en: 'Take it out of the agent in the builder.', zh: '请在构建页面中将其从智能体移除。' };
  if (turn.ownerId !== null) {
    return {
      en: 'Its toolset is gone, or no longer offers it: load the toolset again, or take the tool out of the agent in the builder.',
      zh: '其工具集已不存在，或不再提供它：请重新加载工具集，或在构建页面中将该工具从智能体移除。',
    };
  }
  if (toToolsetOwner(turn) === null) {
    return {
      en: 'An agent that came with the hub uses your toolsets only where you ask it yourself: begin a conversation with it.',
      zh: '中枢自带的智能体只有在您亲自提问时才使用您的工具集：请与它开始对话。',
    };
  }
  const [toolset] = connected.split('/');
  return {
    en: `This agent came with the hub and uses your own toolsets: connect one as "${toolset}", and let agents have the tool.`,
    zh: `该智能体由中枢自带，使用您自己的工具集：请连接一个名为“${toolset}”的工具集，并允许智能体使用该工具。`,
  };
}
