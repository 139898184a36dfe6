import { AIMessage, type BaseMessage, HumanMessage } from '@langchain/core/messages';
import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import type { RunEventOf } from '#server/contract/run-event.ts';
import { HubError } from '#server/hub-error.ts';
import { callModel, type Delta, type ModelAnswer, type ModelCall } from './call-model.ts';
import { hideImages } from './hide-images.ts';
import type { CallGate, CallOutcome } from './models/call-gate.ts';
import type { ModelTarget } from './models/chat-model.ts';

/** A model that an agent wishes for; its provider's package is loaded when it is first called. */
export type ModelCandidate = { target: ModelTarget; open: () => Promise<BaseChatModel> };

/** An agent's models, best first, and which of them is called now. A run that fell to a later one stays with it. */
export type ModelLine = {
  candidates: readonly ModelCandidate[];
  current: number;
  /** Whose blindness people were told of. */
  toldOfImages?: ModelCandidate;
};

type Deltas = ReturnType<typeof callModel>;

/** How long a busy model is waited for while there is another one to ask. */
const patienceWithOthersMs = 2000;
const patienceMs = 20_000;

const goOn =
  'Your answer was cut off by a failure of the connection. Go on exactly where it ended, in the middle of a sentence if need be. Repeat nothing of it and do not mention this.';

/**
 * Calls the current model of a line; when its provider fails, the next one, until one answers. What was already said is
 * not said again: the next model goes on from there.
 *
 * @returns the whole answer, with all that was said, and the model that ended it
 * @throws {HubError} the last model's failure, when none answered
 */
export async function* callModels({
  line,
  gate,
  isHeldBack = false,
  cacheKey = null,
  language = 'en',
  beforeCall = async () => {},
  ...call
}: Pick<ModelCall, 'messages' | 'tools' | 'tokens' | 'outputSchema' | 'signal' | 'onCut'> & {
  line: ModelLine;
  gate: CallGate;
  /** The text is not yielded as it comes, so another model begins anew and need not go on from it. */
  isHeldBack?: boolean;
  cacheKey?: string | null;
  /** That of whoever reads why a model was left. */
  language?: 'en' | 'zh';
  /** Told of each model before it is called; throws where it may not be. */
  beforeCall?: (target: ModelTarget) => Promise<void>;
}): AsyncGenerator<Delta | RunEventOf<'model-fallback' | 'notice' | 'usage'>, ModelAnswer & { target: ModelTarget }> {
  let said = '';
  for (;;) {
    const candidate = line.candidates[line.current];
    if (candidate === undefined)
      throw new HubError('model_unavailable', {
        en: 'This agent has no model to ask.',
        zh: '此智能体没有可用的模型。',
      });
    await beforeCall(candidate.target);
    const next = line.candidates[line.current + 1];
    const progress = { begun: false, text: '' };
    const shown = candidate.target.seesImages === false ? hideImages(call.messages) : { ...call, hidden: 0 };
    if (shown.hidden > 0 && line.toldOfImages !== candidate) {
      line.toldOfImages = candidate;
      const notice = { kind: 'images-left-out' as const, model: candidate.target.reference, images: shown.hidden };
      yield { type: 'notice', notice };
    }
    try {
      const deltas = callThroughGate({
        ...call,
        candidate,
        gate,
        progress,
        // Other servers that speak OpenAI's API may refuse what they do not know.
        cacheKey: candidate.target.api === 'responses' ? cacheKey : null,
        messages: said === '' ? shown.messages : [...shown.messages, ...toContinuation(said)],
        patienceMs: next === undefined ? patienceMs : patienceWithOthersMs,
      });
      const answer = yield* isHeldBack ? withoutText(deltas) : deltas;
      return { ...answer, text: said + answer.text, target: candidate.target };
    } catch (thrown) {
      if (next === undefined || !isProviderFailure(thrown)) throw thrown;
      if (!isHeldBack) said += progress.text;
      line.current += 1;
      yield {
        type: 'model-fallback',
        from: candidate.target.reference,
        to: next.target.reference,
        problem: thrown.toProblem(undefined, language),
        continues: said !== '',
      };
    }
  }
}

async function* callThroughGate({
  candidate,
  gate,
  progress,
  ...call
}: Omit<ModelCall, 'model' | 'target'> & {
  candidate: ModelCandidate;
  gate: CallGate;
  progress: { begun: boolean; text: string };
}): Deltas {
  const { target } = candidate;
  const leave = await gate.enter(target, call.signal);
  try {
    const answer = yield* callModel({ ...call, model: await candidate.open(), target }, progress);
    leave('answered');
    return answer;
  } catch (thrown) {
    leave(toOutcome(thrown));
    throw thrown;
  } finally {
    leave('other');
  }
}

async function* withoutText(deltas: Deltas): Deltas {
  try {
    for (let next = await deltas.next(); ; next = await deltas.next()) {
      if (next.done === true) return next.value;
      if (next.value.type !== 'text-delta') yield next.value;
    }
  } finally {
    await deltas.return(undefined as never);
  }
}

function toContinuation(said: string): BaseMessage[] {
  return [new AIMessage(said), new HumanMessage(goOn)];
}

function isProviderFailure(thrown: unknown): thrown is HubError {
  return thrown instanceof HubError && thrown.code.startsWith('model_');
}

/** Nothing is counted of what the provider refused, such as a model that it does not know: that is told at once. */
function toOutcome(thrown: unknown): CallOutcome {
  if (!(thrown instanceof HubError)) return 'other';
  if (thrown.code === 'model_time_out') return 'failed';
  if (thrown.code !== 'model_unavailable') return 'other';
  // The egress tells so of a server that it got no answer from.
  const isUnreachable = thrown.cause instanceof HubError && thrown.cause.code === 'unavailable';
  return isUnreachable ? 'unreachable' : 'failed';
}
