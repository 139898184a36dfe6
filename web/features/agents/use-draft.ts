import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type DefaultValues, useForm } from 'react-hook-form';
import type { Agent } from '#server/contract/agent.ts';
import { AgentDefinition } from '#server/contract/agent-definition.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { agentKeys, getAgent } from './api/agent-queries.ts';
import { updateDraft } from './api/update-draft.ts';
import { type DraftHistory, recordDraft, redoDraft, startHistory, undoDraft } from './draft-history.ts';
import { createDraftSaver, type SaveState } from './draft-saver.ts';

const historyPauseMs = 400;

/** An agent's draft while it is edited: one form over its definition, saved as it changes, with undo and redo. */
export function useDraft(agent: Agent) {
  const queryClient = useQueryClient();
  const [stored, setStored] = useState(agent);
  const [saveState, setSaveState] = useState<SaveState>({ kind: 'saved' });
  const [history, setHistory] = useState<DraftHistory>(() => startHistory(structuredClone(agent.definition)));
  const form = useForm<AgentDefinition>({
    // By way of unknown: the compiler follows the JSON values inside without end.
    defaultValues: structuredClone<unknown>(agent.definition) as DefaultValues<AgentDefinition>,
    resolver: formResolver<AgentDefinition, typeof AgentDefinition>(AgentDefinition),
    mode: 'onChange',
  });
  const readDraft = useCallback(() => structuredClone(form.getValues()), [form]);

  /** Who is told of a step, by the draft that it led to. */
  const [watchers] = useState(() => new WeakMap<AgentDefinition, (isUndone: boolean) => void>());

  /** The handle that the hub gave belongs to the step that was saved: it is undone with it. */
  const takeHandle = (handle: string) => {
    setHistory(({ present: before, ...rest }) => {
      const present = { ...before, identity: { ...before.identity, handle } };
      const watcher = watchers.get(before);
      if (watcher !== undefined) watchers.set(present, watcher);
      return { ...rest, present };
    });
    form.setValue('identity.handle', handle);
  };
  const [saver] = useState(() =>
    createDraftSaver({
      agent,
      readDraft,
      update: updateDraft,
      reload: getAgent,
      onState: setSaveState,
      onHandle: takeHandle,
      onSaved: (saved) => {
        setStored(saved);
        queryClient.setQueryData(agentKeys.one(agent.id), saved);
        queryClient.setQueryData(agentKeys.one(agent.handle), saved);
        void queryClient.invalidateQueries({ queryKey: agentKeys.lists });
      },
    }),
  );

  const historyTimer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const record = useCallback(() => {
    if (historyTimer.current !== null) clearTimeout(historyTimer.current);
    historyTimer.current = null;
    setHistory((before) => recordDraft(before, readDraft()));
  }, [readDraft]);

  useEffect(() => {
    const unsubscribe = form.subscribe({
      formState: { values: true },
      callback: () => {
        saver.touch();
        if (historyTimer.current !== null) clearTimeout(historyTimer.current);
        historyTimer.current = setTimeout(record, historyPauseMs);
      },
    });
    return () => {
      unsubscribe();
      saver.stop();
      if (historyTimer.current !== null) clearTimeout(historyTimer.current);
    };
  }, [form, record, saver]);

  /** Puts another draft in the form; `record` keeps what stood there for undo. */
  const replace = (definition: AgentDefinition) => {
    form.reset(structuredClone(definition));
    void form.trigger();
  };
  const step = (isUndone: boolean) => {
    const before = recordDraft(history, readDraft());
    const current = isUndone ? undoDraft(before) : redoDraft(before);
    setHistory(current);
    replace(current.present);
    saver.touch();
    watchers.get(isUndone ? before.present : current.present)?.(isUndone);
  };
  /**
   * Changes what stands in the form, as one step that can be undone, and saves it; false where a person must decide first,
   * because the draft was changed elsewhere. `onStep` is told when it is undone, and when it is made again.
   *
   * @throws {ApiProblem} when it could not be saved
   */
  const apply = async (change: (before: AgentDefinition) => AgentDefinition, onStep: (isUndone: boolean) => void) => {
    const before = readDraft();
    const after = change(before);
    setHistory((past) => recordDraft(recordDraft(past, before), after));
    watchers.set(after, onStep);
    replace(after);
    saver.renameHandle();
    saver.touch();
    await saver.flush();
    const state = saver.state();
    if (state.kind === 'failed') throw state.error;
    return state.kind !== 'conflict';
  };
  const adopt = (theirs: Agent) => {
    setHistory(recordDraft(recordDraft(history, readDraft()), theirs.definition));
    saver.rebase(theirs);
    replace(theirs.definition);
    setStored(theirs);
    return saver.flush();
  };

  return {
    form,
    stored,
    saver,
    saveState,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    undo: () => step(true),
    redo: () => step(false),
    apply,
    /** Takes what the hub has; what stood in the form can be had back by undo. */
    adopt,
    /** Keeps what is in the form and saves it over what the hub has. */
    keepMine: (theirs: Agent) => {
      saver.rebase(theirs);
      return saver.flush();
    },
  };
}
export type Draft = ReturnType<typeof useDraft>;
