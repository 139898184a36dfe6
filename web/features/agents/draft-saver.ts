import type { Agent, UpdateDraftInput } from '#server/contract/agent.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import { isProblem } from '#web/lib/api-problem.ts';
import { toPatch } from './draft-changes.ts';
import { refusedKeys } from './draft-problems.ts';

export type SaveState =
  | { kind: 'saved' }
  /** Changed, and about to be sent. */
  | { kind: 'changed' }
  | { kind: 'saving' }
  /** What can be saved is; some parts are refused until they are mended. */
  | { kind: 'invalid' }
  | { kind: 'failed'; error: unknown }
  /** Someone else saved another draft in the meantime; nothing is sent until a person has decided. */
  | { kind: 'conflict'; theirs: Agent };

type Needs = {
  agent: Agent;
  readDraft: () => AgentDefinition;
  update: (agent: string, revision: number, patch: UpdateDraftInput) => Promise<Agent>;
  reload: (agent: string) => Promise<Agent>;
  onState: (state: SaveState) => void;
  onSaved: (agent: Agent) => void;
  /** The hub gave it another handle than the form has. */
  onHandle: (handle: string) => void;
  pauseMs?: number;
};

/**
 * Saves a draft as it is written: a pause after each change, one request at a time, only the parts that changed.
 *
 * Nothing is overwritten that someone else saved: see `conflict`.
 */
export function createDraftSaver({
  agent,
  readDraft,
  update,
  reload,
  onState,
  onSaved,
  onHandle,
  pauseMs = 800,
}: Needs) {
  let saved = agent.definition;
  let revision = agent.draftRevision ?? 0;
  let state: SaveState = { kind: 'saved' };
  let timer: ReturnType<typeof setTimeout> | null = null;
  let running: Promise<void> | null = null;
  let handleFollowsName = false;

  const become = (next: SaveState) => {
    state = next;
    onState(next);
  };
  const findPatch = () => {
    const draft = readDraft();
    const refused = refusedKeys(draft);
    return { patch: toPatch(saved, draft, refused), isWhole: refused.size === 0 };
  };

  async function send(): Promise<void> {
    const { patch, isWhole } = findPatch();
    if (Object.keys(patch).length === 0) {
      become({ kind: isWhole ? 'saved' : 'invalid' });
      return;
    }
    become({ kind: 'saving' });
    try {
      const isRenamed = handleFollowsName && patch.identity !== undefined;
      const stored = await update(agent.id, revision, isRenamed ? { ...patch, handleFollowsName: true } : patch);
      handleFollowsName = false;
      // Structured copies, because the form changes its own values in place.
      saved = { ...saved, ...(structuredClone(patch) as Partial<AgentDefinition>) };
      revision = stored.draftRevision ?? revision;
      const { handle } = stored.definition.identity;
      if (isRenamed && handle !== saved.identity.handle) {
        saved = { ...saved, identity: { ...saved.identity, handle } };
        onHandle(handle);
      }
      onSaved(stored);
    } catch (error) {
      if (isProblem(error, 'precondition_failed')) {
        become({ kind: 'conflict', theirs: await reload(agent.id) });
      } else become({ kind: 'failed', error });
      return;
    }
    await send();
  }

  function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (state.kind === 'conflict') return Promise.resolve();
    running ??= send()
      .catch((error: unknown) => become({ kind: 'failed', error }))
      .finally(() => {
        running = null;
      });
    return running;
  }

  return {
    flush,
    /** Tells that the draft changed; it is saved after a pause. */
    touch() {
      if (state.kind === 'conflict') return;
      if (running === null) become({ kind: 'changed' });
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(() => void flush(), pauseMs);
    },
    /** With the next save, the handle follows the name, where nobody chose it. */
    renameHandle() {
      handleFollowsName = true;
    },
    /** Goes on from what the hub has: after theirs was loaded, mine was kept, or a version restored. */
    rebase(stored: Agent) {
      saved = stored.definition;
      revision = stored.draftRevision ?? revision;
      become({ kind: 'changed' });
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
    },
    hasUnsaved: () => Object.keys(findPatch().patch).length > 0 || !findPatch().isWhole,
    revision: () => revision,
    state: () => state,
  };
}
export type DraftSaver = ReturnType<typeof createDraftSaver>;
