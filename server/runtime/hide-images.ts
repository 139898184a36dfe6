import { type BaseMessage, HumanMessage } from '@langchain/core/messages';
import { HubError } from '#server/hub-error.ts';
import type { RunEventOf } from '#server/contract/run-event.ts';
import type { HistoryMessage } from './build-messages.ts';
import type { ModelCandidate } from './call-models.ts';

type Candidates = readonly [ModelCandidate, ...ModelCandidate[]];
type Shown = { messages: BaseMessage[]; hidden: number };

const standIn = '[An image is attached here. You cannot see images: say so where it matters.]';

/** The same messages for a model that cannot see: each image is a line that says so. Pure. */
export function hideImages(messages: readonly BaseMessage[]): Shown {
  let hidden = 0;
  const shown = messages.map((message) => {
    const { content } = message;
    if (!HumanMessage.isInstance(message) || typeof content === 'string') return message;
    const texts = content.map((block) => {
      if (block.type !== 'image_url') return typeof block['text'] === 'string' ? block['text'] : '';
      hidden += 1;
      return standIn;
    });
    return new HumanMessage(texts.join('\n\n'));
  });
  return { messages: shown, hidden };
}

/**
 * An agent's models in the order in which they are asked: where there are images, those that can see come first, as far as
 * that is known.
 *
 * @returns also the event that tells of it, when the first wish is not asked first
 */
export function preferSeeing(
  models: Candidates,
  history: readonly HistoryMessage[],
  language: 'en' | 'zh',
): { candidates: Candidates; fallback: RunEventOf<'model-fallback'> | null } {
  const [first] = models;
  const hasImages = history.some(({ attachments = [] }) => attachments.some(({ kind }) => kind === 'image'));
  if (!hasImages) return { candidates: models, fallback: null };
  const [chosen = first, ...others] = [...models].sort((left, right) => Number(isBlind(left)) - Number(isBlind(right)));
  const candidates: Candidates = [chosen, ...others];
  if (chosen === first) return { candidates, fallback: null };
  const { reference: from } = first.target;
  const { reference: to } = chosen.target;
  const problem = new HubError('model_rejected', {
    en: `${from} cannot see images, so ${to} is asked first.`,
    zh: `${from} 无法查看图片，因此先询问 ${to}。`,
  }).toProblem(undefined, language);
  return { candidates, fallback: { type: 'model-fallback', from, to, problem, continues: false } };
}

const isBlind = ({ target }: ModelCandidate) => target.seesImages === false;
