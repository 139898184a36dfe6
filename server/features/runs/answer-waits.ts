import type { Actor } from '#server/contract/actor.ts';
import { toValuesSchema } from '#server/contract/form.ts';
import type { Page, PageQuery } from '#server/contract/page.ts';
import type { ApprovalDecision, FormAnswer, PendingWait, WaitAnswer, WaitDecider } from '#server/contract/run-wait.ts';
import { readPageCursor, toPage } from '#server/page-cursor.ts';
import { toSaidIssues } from '#server/issue-words.ts';
import { valuesDoNotFit, waitNotFound } from './run-errors.ts';
import type { RunPorts } from './run-ports.ts';
import { presentWait } from './to-waits.ts';
import type { StoredWait, WaitRepository } from './wait-repository.ts';

type Needs = {
  waits: WaitRepository;
  /** Takes the run up, here or wherever it lives. */
  goOn: (run: string) => Promise<void>;
  ports: Pick<RunPorts, 'checkToolInput' | 'now'>;
};

/** Lets people answer what runs ask them: the conversation's person, and for calls also the agent's owner. */
export function createWaitAnswerer({ waits, goOn, ports }: Needs) {
  async function findDecidable(actor: Actor, run: string, id: string, kind: 'approval' | 'form') {
    const found = await waits.find(run, id);
    const by = found === null ? null : findDecider(actor, found);
    if (found === null || by === null || found.wait.question.kind !== kind) throw waitNotFound(kind, id);
    if (kind === 'form' && by === 'owner') throw waitNotFound(kind, id);
    return { ...found, by };
  }

  async function store(run: string, id: string, kind: 'approval' | 'form', answer: WaitAnswer) {
    if (!(await waits.answer(id, answer, ports.now()))) throw waitNotFound(kind, id);
    await goOn(run);
  }

  return {
    /** @throws {HubError} `not_found`, `validation_failed` for edited arguments that the tool does not take */
    decideApproval: async (actor: Actor, run: string, id: string, decision: ApprovalDecision): Promise<void> => {
      const { wait, by, caller } = await findDecidable(actor, run, id, 'approval');
      const { input, reason } = decision;
      if (decision.decision === 'refuse') {
        return store(run, id, 'approval', { outcome: 'refused', by, ...(reason === undefined ? {} : { reason }) });
      }
      if (input === undefined) return store(run, id, 'approval', { outcome: 'approved', by });
      const fixed = wait.question.kind === 'approval' ? wait.question.fixed : {};
      // Calls of an agent that came with the hub are their person's alone to decide, and use that one's toolsets.
      await ports.checkToolInput(caller.ownerId ?? actor.userId, wait.tool, { ...input, ...fixed }, 'body.input');
      return store(run, id, 'approval', { outcome: 'approved', by, input });
    },

    /** @throws {HubError} `not_found`, `validation_failed` with every value that does not fit */
    answerForm: async (actor: Actor, run: string, id: string, answer: FormAnswer): Promise<void> => {
      const { wait } = await findDecidable(actor, run, id, 'form');
      if ('declined' in answer) return store(run, id, 'form', { outcome: 'declined' });
      if (wait.question.kind !== 'form') throw waitNotFound('form', id);
      const checked = toValuesSchema(wait.question.form).safeParse(answer.values);
      if (!checked.success) {
        throw valuesDoNotFit(
          toSaidIssues(checked.error.issues).map(({ path, message }) => ({
            path: ['body.values', path].filter(Boolean).join('.'),
            message,
          })),
        );
      }
      return store(run, id, 'form', { outcome: 'answered', values: checked.data });
    },

    /** What waits for the actor, newest first. Of other people's conversations only the calls are shown. */
    listWaits: async (actor: Actor, query: PageQuery): Promise<Page<PendingWait>> => {
      const bound = actor.key?.agentIds ?? [];
      const found = await waits.list({
        userId: actor.userId,
        agentIds: bound.length === 0 ? null : bound,
        now: ports.now(),
        after: readPageCursor(query.cursor),
        limit: query.limit + 1,
      });
      const { items, nextCursor } = toPage(found, query.limit, ({ createdAt, wait }) => ({
        at: createdAt,
        id: wait.id,
      }));
      return {
        nextCursor,
        items: items.map(({ wait, createdAt, runId, ...facts }) => ({
          ...facts,
          run: runId,
          createdAt: createdAt.toISOString(),
          wait: presentWait(wait),
        })),
      };
    },
  };
}

/** Whether an actor may decide a wait, and as whom: of the agent that makes the call, its owner. Pure. */
function findDecider(actor: Actor, { userId, agentId, caller }: StoredWait): WaitDecider | null {
  const bound = actor.key?.agentIds ?? [];
  const isBoundTo = (id: string | null) => bound.length === 0 || (id !== null && bound.includes(id));
  if (userId === actor.userId) return isBoundTo(agentId) ? 'person' : null;
  return caller.ownerId === actor.userId && isBoundTo(caller.agentId) ? 'owner' : null;
}
