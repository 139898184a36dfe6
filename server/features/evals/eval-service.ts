import type { Actor } from '#server/contract/actor.ts';
import {
  type Eval,
  type EvalColumn,
  type EvalGate,
  type EvalList,
  type EvalRun,
  type EvalRunSummary,
  mostEvals,
  type StartEvalRunInput,
  type StoredEval,
} from '#server/contract/eval.ts';
import type { ExpectedRevision } from '#server/if-match.ts';
import { digestDraft } from './digest-draft.ts';
import {
  csvInvalid,
  evalChanged,
  evalNotFound,
  evalRunNotFound,
  modelsMissing,
  noEvals,
  revisionMissing,
  testsNotPassed,
  tooManyEvals,
} from './eval-errors.ts';
import type { EvalPorts } from './eval-ports.ts';
import type { EvalRecord, TestedAgent } from './eval-record.ts';
import type { EvalRepository } from './eval-repository.ts';
import type { EvalRunRepository } from './eval-run-repository.ts';
import { presentEval, presentEvalRun, presentEvalRunSummary } from './present-eval-run.ts';
import { readEvalsCsv } from './read-evals-csv.ts';
import { createEvalRunner } from './run-evals.ts';

const runsListed = 20;

type Needs = { repository: EvalRepository; runs: EvalRunRepository; ports: EvalPorts };

/** The evals of agents, for those who may edit the agent: saved questions, their runs, and the gate before publishing. */
export function createEvalService({ repository, runs, ports }: Needs) {
  const runner = createEvalRunner({ repository: runs, ports });

  async function getEval(agentId: string, id: string): Promise<EvalRecord> {
    const found = await repository.find(agentId, id);
    if (found === null) throw evalNotFound(id);
    return found;
  }

  async function addEvals(agentId: string, evals: Eval[]): Promise<StoredEval[]> {
    if ((await repository.count(agentId)) + evals.length > mostEvals) throw tooManyEvals();
    return (await repository.add(agentId, evals, ports.now())).map(presentEval);
  }

  async function getRun(agentId: string, id: string): Promise<EvalRun> {
    const found = await runs.find(agentId, id);
    if (found === null) throw evalRunNotFound(id);
    return presentEvalRun(found, ports.now());
  }

  /** What the evals say of a draft; `passed` only when all of them did, on one that answers alike. */
  async function readGate({ id, draft }: Pick<TestedAgent, 'id' | 'draft'>): Promise<EvalGate> {
    const { required, revision } = await repository.findSuite(id);
    const run = await runs.findWhole({ agentId: id, draftDigest: digestDraft(draft), suiteRevision: revision });
    const column = run?.columns.findIndex(({ kind }) => kind === 'draft') ?? -1;
    const results = run?.results.filter((result) => result.column === column) ?? [];
    if (results.length === 0) return { required, state: 'not-run' };
    return { required, state: results.every(({ status }) => status === 'passed') ? 'passed' : 'not-passed' };
  }

  async function refuseUnknownModels(actor: Actor, columns: EvalColumn[]): Promise<void> {
    const known = await Promise.all(
      columns.map(async (column) => column.kind !== 'model' || (await ports.isModel(actor, column.model))),
    );
    const missing = columns.flatMap((column, place) =>
      column.kind === 'model' && known[place] !== true ? [{ place, model: column.model }] : [],
    );
    if (missing.length > 0) throw modelsMissing(missing);
  }

  return {
    async list(actor: Actor, reference: string): Promise<EvalList> {
      const agent = await ports.findAgent(actor, reference);
      const [evals, gate, [newest]] = await Promise.all([
        repository.list(agent.id),
        readGate(agent),
        runs.list(agent.id, 1),
      ]);
      return {
        items: evals.map(presentEval),
        gate,
        newestRun: newest === undefined ? null : presentEvalRunSummary(newest, ports.now()),
      };
    },

    async get(actor: Actor, reference: string, id: string): Promise<StoredEval> {
      return presentEval(await getEval((await ports.findAgent(actor, reference)).id, id));
    },

    async create(actor: Actor, reference: string, test: Eval): Promise<StoredEval> {
      const agent = await ports.findAgent(actor, reference);
      const [made] = await addEvals(agent.id, [test]);
      if (made === undefined) throw new Error('The database stored no eval.');
      return made;
    },

    async update(
      actor: Actor,
      reference: string,
      { id, revision, test }: { id: string; revision: ExpectedRevision; test: Eval },
    ): Promise<StoredEval> {
      const agent = await ports.findAgent(actor, reference);
      if (revision === null) throw revisionMissing();
      const stored = await getEval(agent.id, id);
      if (revision !== 'any' && revision !== stored.revision) throw evalChanged(stored.revision);
      const changed = { ...stored, content: test, updatedAt: ports.now() };
      if (!(await repository.update(agent.id, changed))) {
        throw evalChanged((await getEval(agent.id, id)).revision);
      }
      return presentEval({ ...changed, revision: stored.revision + 1 });
    },

    async remove(actor: Actor, reference: string, id: string): Promise<void> {
      const agent = await ports.findAgent(actor, reference);
      if (!(await repository.remove(agent.id, id))) throw evalNotFound(id);
    },

    /** Adds the questions of a CSV file: all, or none and every fault with its line. */
    async importCsv(actor: Actor, reference: string, csv: string): Promise<{ items: StoredEval[] }> {
      const agent = await ports.findAgent(actor, reference);
      const { evals, problems } = readEvalsCsv(csv);
      if (problems.length > 0) throw csvInvalid(problems);
      return { items: await addEvals(agent.id, evals) };
    },

    async setRequired(actor: Actor, reference: string, required: boolean): Promise<EvalGate> {
      const agent = await ports.findAgent(actor, reference);
      await repository.setRequired(agent.id, required);
      return readGate(agent);
    },

    /** Starts a run of evals, which goes on by itself; `finished` resolves at its end. */
    async startRun(
      actor: Actor,
      reference: string,
      { input: { tests: wanted, columns }, language }: { input: StartEvalRunInput; language: 'en' | 'zh' },
    ): Promise<{ run: EvalRun; finished: Promise<void> }> {
      const agent = await ports.findAgent(actor, reference);
      // In this order: a run must not vouch for a change that it has not seen.
      const { revision } = await repository.findSuite(agent.id);
      const all = await repository.list(agent.id);
      const unknown = wanted?.find((id) => !all.some((one) => one.id === id));
      if (unknown !== undefined) throw evalNotFound(unknown);
      const tests = all
        .filter(({ id }) => wanted?.includes(id) ?? true)
        .map(({ id, content }) => ({ id, test: content }));
      if (tests.length === 0) throw noEvals();
      await refuseUnknownModels(actor, columns);
      const isWhole = tests.length === all.length;
      const started = await runner.start(actor, agent, { tests, isWhole, columns, suiteRevision: revision, language });
      return { run: await getRun(agent.id, started.id), finished: started.finished };
    },

    async getRun(actor: Actor, reference: string, id: string): Promise<EvalRun> {
      return getRun((await ports.findAgent(actor, reference)).id, id);
    },

    async listRuns(actor: Actor, reference: string): Promise<{ items: EvalRunSummary[] }> {
      const agent = await ports.findAgent(actor, reference);
      const found = await runs.list(agent.id, runsListed);
      return { items: found.map((run) => presentEvalRunSummary(run, ports.now())) };
    },

    async cancelRun(actor: Actor, reference: string, id: string): Promise<EvalRun> {
      const agent = await ports.findAgent(actor, reference);
      if ((await getRun(agent.id, id)).status === 'running') await runner.cancel(id);
      return getRun(agent.id, id);
    },

    /** @throws {HubError} `tests_not_passed`, when they must have and did not */
    async checkGate(agent: Pick<TestedAgent, 'id' | 'draft'>): Promise<void> {
      const { required, state } = await readGate(agent);
      if (required && state !== 'passed') throw testsNotPassed(state);
    },

    /** The evals of an agent, for its package and for copies. */
    listOf: async (agentId: string): Promise<Eval[]> => (await repository.list(agentId)).map(({ content }) => content),
    addTo: async (agentId: string, evals: Eval[]): Promise<void> => {
      if (evals.length > 0) await addEvals(agentId, evals);
    },

    stop: () => runner.stop(),
  };
}
export type EvalService = ReturnType<typeof createEvalService>;
