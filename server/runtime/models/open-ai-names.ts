/** Whether a model of OpenAI's reasons, by its name, which brokers put a maker's before. */
export const canReason = (model: string) =>
  /^(?:o\d|gpt-(?!\d(?:\.\d+)?-chat)(?:[5-9]|oss))/.test(model.split('/').at(-1) ?? '');

/** The models that search the web by themselves know chat completions alone. */
export const isChatOnly = (model: string) => /-search-(?:preview|api)/.test(model);
