import { createScriptedModel } from '#test/support/scripted-model/create-scripted-model.ts';

/** A process that answers every chat request with the same words: `upstream <tokens> [pause between them in ms]`. */
const [tokens = '20', pieceDelayMs] = process.argv.slice(2);
const text = Array.from({ length: Number(tokens) }, (_, place) => `word${place} `);
const model = await createScriptedModel({
  models: ['bench'],
  always: {
    text,
    usage: { inputTokens: 10, outputTokens: Number(tokens) },
    ...(pieceDelayMs === undefined ? {} : { pieceDelayMs: Number(pieceDelayMs) }),
  },
});
process.send?.({ url: model.url });
