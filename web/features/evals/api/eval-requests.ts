import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  type Eval,
  EvalGate,
  EvalList,
  EvalRun,
  ImportedEvals,
  type StartEvalRunInput,
  StoredEval,
} from '#server/contract/eval.ts';
import { ModelList } from '#server/contract/model.ts';
import { Run } from '#server/contract/run.ts';
import { request } from '#web/lib/api-client.ts';

const pollMs = 1000;
const toAddress = (agent: string, rest: string) => `/api/agents/${encodeURIComponent(agent)}/${rest}`;
const toTestAddress = (agent: string, test: string) => toAddress(agent, `tests/${encodeURIComponent(test)}`);
const toRunAddress = (agent: string, run: string) => toAddress(agent, `test-runs/${encodeURIComponent(run)}`);

export const evalsKey = (agent: string) => ['evals', agent];

/** The draft's revision is part of the key, because the gate is of one draft only. */
export const evalListQuery = (agent: string, draftRevision: number | null) =>
  queryOptions({
    queryKey: [...evalsKey(agent), 'list', draftRevision],
    queryFn: ({ signal }) => request({ path: toAddress(agent, 'tests'), schema: EvalList, signal }),
    placeholderData: keepPreviousData,
  });

/** A run of evals, read again and again until it has ended. */
export const evalRunQuery = (agent: string, run: string | null) =>
  queryOptions({
    queryKey: [...evalsKey(agent), 'run', run],
    queryFn: ({ signal }) => request({ path: toRunAddress(agent, run ?? ''), schema: EvalRun, signal }),
    enabled: run !== null,
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? pollMs : false),
  });

export const answeringRunQuery = (run: string) =>
  queryOptions({
    queryKey: ['runs', run],
    queryFn: ({ signal }) => request({ path: `/api/runs/${encodeURIComponent(run)}`, schema: Run, signal }),
    staleTime: Infinity,
  });

export const modelListQuery = queryOptions({
  queryKey: ['models'],
  queryFn: ({ signal }) => request({ path: '/api/models', schema: ModelList, signal }),
  staleTime: 60_000,
});

export const createEval = (agent: string, body: Eval) =>
  request({ path: toAddress(agent, 'tests'), method: 'POST', body, schema: StoredEval });

export const updateEval = (agent: string, { id, revision }: StoredEval, body: Eval) =>
  request({
    path: toTestAddress(agent, id),
    method: 'PUT',
    headers: { 'if-match': `"${revision}"` },
    body,
    schema: StoredEval,
  });

export const deleteEval = (agent: string, id: string) =>
  request({ path: toTestAddress(agent, id), method: 'DELETE', keepalive: true });

export const importEvals = (agent: string, csv: string) =>
  request({ path: toAddress(agent, 'tests/import'), method: 'POST', body: { csv }, schema: ImportedEvals });

export const setTestsRequired = (agent: string, required: boolean) =>
  request({ path: toAddress(agent, 'tests'), method: 'PATCH', body: { required }, schema: EvalGate });

export const startEvalRun = (agent: string, body: StartEvalRunInput) =>
  request({ path: toAddress(agent, 'test-runs'), method: 'POST', body, schema: EvalRun });

export const cancelEvalRun = (agent: string, run: string) =>
  request({ path: `${toRunAddress(agent, run)}/cancel`, method: 'POST', schema: EvalRun });
