import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { JsonObject } from '#server/contract/json.ts';
import { HubError } from '#server/hub-error.ts';
import { toSaidIssues } from '#server/issue-words.ts';
import type { ToolFinder } from './find-tools.ts';
import { signInFirst, toolsMissing } from './tools-missing.ts';
import { toToolsetOwner, type TurnInput } from './turn-input.ts';

type AskedTurn = Required<Pick<TurnInput, 'actor' | 'ownerId' | 'handBackTo'>>;

type Needs = Pick<ToolFinder, 'findToolGaps' | 'findInput'>;

/** Checks what a person wrote of tools before anything runs. */
export function createToolChecker({ findToolGaps, findInput }: Needs) {
  return {
    /** @throws {HubError} `tool_unavailable`, naming every tool that is missing, or whom to sign in with */
    checkTools: async (turn: AskedTurn, definition: AgentDefinition): Promise<void> => {
      const owners = { ownerId: turn.ownerId, toolsetOwnerId: toToolsetOwner(turn) };
      const { missing, lockedToolsets } = await findToolGaps(owners, definition);
      if (missing.length > 0) throw toolsMissing(missing, turn);
      if (lockedToolsets.length > 0) throw signInFirst(lockedToolsets);
    },

    /**
     * Checks arguments that a person wrote for a tool's call.
     *
     * @throws {HubError} `validation_failed`, with every issue; `tool_unavailable`, when the hub no longer has the tool
     */
    checkToolInput: async (toolsetOwnerId: string, id: string, input: JsonObject, root: string): Promise<void> => {
      const expected = await findInput(toolsetOwnerId, id);
      if (expected === null) throw toolGone(id);
      const checked = expected.safeParse(input);
      if (checked.success) return;
      const errors = toSaidIssues(checked.error.issues).map(({ path, message }) => ({
        path: path === '' ? root : `${root}.${path}`,
        message,
      }));
      throw new HubError(
        'validation_failed',
        { en: 'The tool does not take these arguments.', zh: '该工具不接受这些参数。' },
        { errors },
      );
    },
  };
}

const toolGone = (id: string) =>
  new HubError('tool_unavailable', { en: `This hub has no tool "${id}" any more.`, zh: `本中枢已没有工具“${id}”。` });
