import type { LocalizedText } from '#server/contract/localized-text.ts';
import type { Problem, ProblemCode } from '#server/contract/problem.ts';
import { HubError } from '#server/hub-error.ts';

/** The same for an unknown agent, a private one, and one whose owner does not let it be embedded. */
export const embedClosed = () =>
  new HubError('forbidden', {
    en: 'This agent cannot be embedded: its owner has not turned that on, or not shared it.',
    zh: '此智能体不能嵌入：其所有者没有开启嵌入，或没有分享它。',
  });

export const siteNotAllowed = (site: string) =>
  new HubError('forbidden', {
    en: `This agent may not be shown on ${site}: its owner has not named this site.`,
    zh: `此智能体不能显示在 ${site} 上：其所有者没有列出该网站。`,
  });

export const siteUnknown = () =>
  new HubError('forbidden', {
    en: 'The browser does not say which site shows this agent, so it is not shown.',
    zh: '浏览器没有说明是哪个网站显示此智能体，因此不显示。',
  });

export const visitGone = () =>
  new HubError('not_found', { en: 'This conversation has ended. Begin a new one.', zh: '此对话已结束，请新建对话。' });

export const nothingToAnswer = () =>
  new HubError('conflict', {
    en: 'Nothing was asked yet that could be answered again.',
    zh: '还没有可以重新回答的问题。',
  });

export const tooManyMessages = (most: number, retryAfterSeconds: number) =>
  new HubError(
    'rate_limited',
    {
      en: `${most} messages in a minute at most. Try again in ${retryAfterSeconds} s.`,
      zh: `每分钟最多 ${most} 条消息，请在 ${retryAfterSeconds} 秒后重试。`,
    },
    {
      retryAfterSeconds,
    },
  );

export const visitFull = (most: number) =>
  new HubError('conflict', {
    en: `You may ask ${most} times in one conversation here. Start over to go on.`,
    zh: `在这里的一次对话中最多提问 ${most} 次。请重新开始。`,
  });

export const embedSpent = () =>
  new HubError('budget_exceeded', {
    en: 'This agent has answered as much here as its owner lets it for now. Try again later.',
    zh: '此智能体在这里的回答已达到其所有者设定的上限，请稍后再试。',
  });

const unavailable = () =>
  new HubError('unavailable', {
    en: 'This agent cannot answer at the moment. Try again later.',
    zh: '此智能体暂时无法回答，请稍后再试。',
  });

/** Failures that a visitor can do something about, or that tell nothing of the owner. */
const told = new Set<ProblemCode>([
  'bad_request',
  'validation_failed',
  'forbidden',
  'not_found',
  'conflict',
  'rate_limited',
  'guard_refused',
  'run_cancelled',
  'run_interrupted',
]);

/** A failure as strangers may see it: models, tools and budgets are the owner's business. */
export function toVisitorProblem(problem: Problem, language: keyof LocalizedText): Problem {
  if (told.has(problem.code)) return problem;
  return (problem.code === 'budget_exceeded' ? embedSpent() : unavailable()).toProblem(undefined, language);
}

/** The same for a failure that is thrown before anything was answered. */
export function toVisitorError(thrown: unknown): unknown {
  if (!(thrown instanceof HubError) || told.has(thrown.code)) return thrown;
  return thrown.code === 'budget_exceeded' ? embedSpent() : unavailable();
}
