import MiniSearch from 'minisearch';
import { estimateTokens } from '#server/contract/estimate-tokens.ts';
import { tokenise } from '#server/runtime/models/offline-planner/tokenise.ts';
import type { Fact } from './run-memory.ts';

/**
 * The facts that fit into some tokens, in their order: all, or those nearest to a question in up to half of the room, and the
 * newest in the rest.
 */
export function chooseFacts(facts: Fact[], question: string, maximumTokens: number): Fact[] {
  const sizes = new Map(facts.map((fact) => [fact, estimateTokens(fact.text) + 4]));
  const sizeOf = (fact: Fact) => sizes.get(fact) ?? 0;
  if (facts.reduce((sum, fact) => sum + sizeOf(fact), 0) <= maximumTokens) return facts;
  const chosen = new Set<Fact>();
  let room = maximumTokens;
  const take = (candidates: Fact[], leave: number) => {
    for (const fact of candidates) {
      if (chosen.has(fact) || room - sizeOf(fact) < leave) continue;
      chosen.add(fact);
      room -= sizeOf(fact);
    }
  };
  take(rank(facts, question), maximumTokens / 2);
  take([...facts].reverse(), 0);
  return facts.filter((fact) => chosen.has(fact));
}

function rank(facts: Fact[], question: string): Fact[] {
  const index = new MiniSearch<{ id: number; text: string }>({
    fields: ['text'],
    tokenize: tokenise,
    processTerm: (term) => term,
    searchOptions: { combineWith: 'OR', prefix: true },
  });
  index.addAll(facts.map(({ text }, id) => ({ id, text })));
  return index.search(question.slice(0, 2000)).flatMap(({ id }) => facts[id as number] ?? []);
}
