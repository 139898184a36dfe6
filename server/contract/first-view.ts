/** Where a document holds what the hub would answer to the page's first requests: the id of an element with JSON. */
export const givenAnswersId = 'answers';

/** The hub's answers in a language, by the address that the page asks. */
export type GivenAnswers = { language: 'en' | 'zh-CN'; bodies: Record<string, unknown> };

/** What the first view of an address is drawn of; `answers` is a `GivenAnswers` as JSON. */
export type FirstViewTask = { pathname: string; answers: string };
