const ownName = (model: string) => model.split('/').at(-1) ?? '';

/** Whether a model of OpenAI's reasons, by its name, which brokers put a maker's before. */
export const canReason = (model: string) => /^(?:o\d|gpt-(?!\d(?:\.\d+)?-chat)(?:[5-9]|oss))/.test(ownName(model));

/** Those that reason whatever they are asked take no temperature; later ones take it while they do not. */
export const takesTemperature = (model: string) => !/^(?:o\d|gpt-5(?:-(?!chat)|$))/.test(ownName(model));

/** The models that search the web by themselves know chat completions alone. */
export const isChatOnly = (model: string) => /-search-(?:preview|api)/.test(model);
