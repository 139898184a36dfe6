import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { EvalColumn } from '#server/contract/eval.ts';
import { HubError } from '#server/hub-error.ts';
import { digestDraft } from './digest-draft.ts';
import { evalsUnderWay, notPublished } from './eval-errors.ts';
import type { Asked, EvalPorts } from './eval-ports.ts';
import type { EvalSnapshot, NewEvalRun, TestedAgent } from './eval-record.ts';
import type { EvalRunRepository } from './eval-run-repository.ts';
import { isUnderWay } from './present-eval-run.ts';
import { emptyResult, runCell } from './run-cell.ts';

const atOnce = 4;
const runsKept = 20;
const heartbeatMs = 10_000;

type Wanted = {
  tests: EvalSnapshot[];
  isWhole: boolean;
  columns: EvalColumn[];
  suiteRevision: number;
  language: 'en' | 'zh';
};

type Needs = { repository: EvalRunRepository; ports: EvalPorts };

/** Runs evals, some at once: each is a run of the agent like any other, but nobody is asked and nothing is remembered. */
export function createEvalRunner({ repository, ports }: Needs) {
  const live = new Map<string, { agentId: string; controller: AbortController; finished: Promise<void> }>();
  const starting = new Set<string>();
  let stopping = false;

  async function prepareColumns(actor: Actor, agent: TestedAgent, columns: EvalColumn[]) {
    const { draft, publishedVersion } = agent;
    return Promise.all(
      columns.map(async (column): Promise<{ asked: Asked; definition: AgentDefinition }> => {
        if (column.kind === 'published') {
          if (publishedVersion === null) throw notPublished();
          const definition = await ports.readVersion(actor, agent.id, publishedVersion);
          return { asked: { version: publishedVersion }, definition };
        }
        const definition =
          column.kind === 'draft' ? draft : { ...draft, model: { ...draft.model, wishes: [column.model] } };
        return { asked: { version: 'draft', definition }, definition };
      }),
    );
  }

  async function store(actor: Actor, agent: TestedAgent, { tests, isWhole, columns, suiteRevision }: Wanted) {
    const run: NewEvalRun = {
      id: v7(),
      agentId: agent.id,
      userId: actor.userId,
      draftRevision: agent.draftRevision,
      suiteRevision,
      draftDigest: digestDraft(agent.draft),
      publishedVersion: agent.publishedVersion,
      columns,
      tests,
      isWhole,
      startedAt: ports.now(),
    };
    const [newest] = await repository.list(agent.id, 1);
    if (newest !== undefined && isUnderWay(newest, ports.now())) throw evalsUnderWay();
    await repository.create(run);
    await repository.prune(agent.id, runsKept);
    return run.id;
  }

  async function work(
    actor: Actor,
    { id, agentId, controller }: { id: string; agentId: string; controller: AbortController },
    { tests, language }: Wanted,
    prepared: Awaited<ReturnType<typeof prepareColumns>>,
  ): Promise<void> {
    const { signal } = controller;
    const cells = tests.flatMap(({ test }, row) =>
      prepared.map((column, place) => ({
        row,
        column: place,
        cell: { actor, agentId, test, language, signal, ...column },
      })),
    );
    const heartbeat = setInterval(() => {
      repository.touch(id, ports.now()).then(
        (goesOn) => goesOn || controller.abort(),
        (error: unknown) => ports.logError(error, `the run of tests ${id} could not say that it goes on`),
      );
    }, heartbeatMs);
    const workOff = async () => {
      for (let next = cells.shift(); next !== undefined && !signal.aborted; next = cells.shift()) {
        const { row, column, cell } = next;
        await repository.storeResult(id, { ...emptyResult, row, column, status: 'running' });
        const result = await runCell(cell, ports);
        await repository.storeResult(id, { ...result, row, column });
      }
    };
    try {
      await Promise.all(Array.from({ length: Math.min(atOnce, cells.length) }, workOff));
      await repository.end(id, stopping ? 'interrupted' : signal.aborted ? 'cancelled' : 'completed', ports.now());
    } catch (error) {
      // The agent, and the run with it, may have been deleted meanwhile.
      controller.abort();
      if (await repository.find(agentId, id).catch(() => true))
        ports.logError(error, `the run of tests ${id} broke off`);
      await repository.end(id, 'interrupted', ports.now()).catch(() => undefined);
    } finally {
      clearInterval(heartbeat);
      live.delete(id);
    }
  }

  return {
    /** @throws {HubError} `conflict`, while evals of this agent are being run or when nothing is published to compare with */
    async start(actor: Actor, agent: TestedAgent, wanted: Wanted): Promise<{ id: string; finished: Promise<void> }> {
      if (stopping) {
        throw new HubError('unavailable', {
          en: 'The hub is stopping. Try again in a moment.',
          zh: '中枢正在停止，请稍后再试。',
        });
      }
      const prepared = await prepareColumns(actor, agent, wanted.columns);
      if (starting.has(agent.id)) throw evalsUnderWay();
      starting.add(agent.id);
      try {
        const id = await store(actor, agent, wanted);
        const controller = new AbortController();
        const finished = work(actor, { id, agentId: agent.id, controller }, wanted, prepared);
        live.set(id, { agentId: agent.id, controller, finished });
        return { id, finished };
      } finally {
        starting.delete(agent.id);
      }
    },

    /** Also where it runs in another process, which notices a little later. */
    async cancel(id: string): Promise<void> {
      const running = live.get(id);
      running?.controller.abort();
      if (running === undefined) await repository.end(id, 'cancelled', ports.now());
      else await running.finished;
    },

    async stop(): Promise<void> {
      stopping = true;
      for (const { controller } of live.values()) controller.abort();
      await Promise.all([...live.values()].map(({ finished }) => finished));
    },
  };
}
