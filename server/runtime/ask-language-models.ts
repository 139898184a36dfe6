import type { AskedModels } from './ask-models.ts';
import type { ModelCandidate } from './call-models.ts';
import { judgeAnswer, type Judgement } from './judge-answer.ts';
import { rewriteText, type RewrittenText } from './drafts/rewrite-text.ts';
import { findFacts, type FoundFact } from './memory/find-facts.ts';
import type { OpenChatModel } from './models/chat-model.ts';
import { suggestTitle } from './suggest-title.ts';
import { type ChosenModels, toCandidates } from './to-candidates.ts';

type Targets = Pick<ChosenModels, 'targets'>;

/** Room for ten facts or a verdict, and for a model that thinks before it writes. */
const settings = { temperature: null, maximumOutputTokens: 4000, reasoning: null };
/** Room for the longest text of an agent. */
const settingsOfTexts = { temperature: null, maximumOutputTokens: 16_000, reasoning: null };
/** A line, and some thoughts before it. */
const titleSettings = { temperature: null, maximumOutputTokens: 1000, reasoning: null };

/** Asks models what is no turn of an agent; the offline planner cannot answer it. */
export function createLanguageModelAsker({
  openChatModel,
  gate,
  tokens,
}: Pick<AskedModels, 'gate' | 'tokens'> & { openChatModel: OpenChatModel }) {
  const toLanguageModels = (chosen: Targets, limits = settings): ModelCandidate[] =>
    toCandidates(chosen, limits, openChatModel).filter(({ target }) => target.provider !== 'planner');

  return {
    /**
     * Has an agent's models look through what was said for facts to remember; null when none of them is a language model.
     *
     * @throws {HubError} `model_…`
     */
    findFacts: async (
      request: Omit<Parameters<typeof findFacts>[0], 'models' | 'gate' | 'tokens'>,
      chosen: Targets,
    ): Promise<FoundFact[] | null> => {
      const models = toLanguageModels(chosen);
      return models.length === 0 ? null : findFacts({ ...request, models, gate, tokens });
    },

    /**
     * Has an agent's models name a conversation; null when none of them is a language model, or found a title.
     *
     * @throws {HubError} `model_…`
     */
    suggestTitle: async (
      request: Omit<Parameters<typeof suggestTitle>[0], 'models' | 'gate' | 'tokens'>,
      chosen: Targets,
    ): Promise<string | null> => {
      const models = toLanguageModels(chosen, titleSettings);
      return models.length === 0 ? null : suggestTitle({ ...request, models, gate, tokens });
    },

    /**
     * Has models judge an answer by a rubric; null when none of them is a language model.
     *
     * @throws {HubError} `model_…`
     */
    judge: async (
      request: Omit<Parameters<typeof judgeAnswer>[0], 'models' | 'gate' | 'tokens'>,
      chosen: Targets,
    ): Promise<Judgement | null> => {
      const models = toLanguageModels(chosen);
      return models.length === 0 ? null : judgeAnswer({ ...request, models, gate, tokens });
    },

    /**
     * Has models write a text of an agent better; null when none of them is a language model.
     *
     * @throws {HubError} `model_…`
     */
    rewrite: async (
      request: Omit<Parameters<typeof rewriteText>[0], 'models' | 'gate' | 'tokens'>,
      chosen: Targets,
    ): Promise<RewrittenText | null> => {
      const models = toLanguageModels(chosen, settingsOfTexts);
      return models.length === 0 ? null : rewriteText({ ...request, models, gate, tokens });
    },
  };
}
