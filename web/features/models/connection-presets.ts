import type { ProviderKind } from '#server/contract/model.ts';

export type ConnectionPreset = {
  id: string;
  name: string;
  provider: ProviderKind;
  /** Empty: the provider's own address. */
  baseUrl: string;
  needsKey: boolean;
  isLocal: boolean;
};

const openaiLike = (id: string, name: string, baseUrl: string, isLocal: boolean): ConnectionPreset => ({
  id,
  name,
  provider: 'openai',
  baseUrl,
  needsKey: !isLocal,
  isLocal,
});

/** Usual places of models; local ones with the port that each program takes by itself. */
export const connectionPresets: readonly ConnectionPreset[] = [
  openaiLike('openai', 'OpenAI', '', false),
  { id: 'anthropic', name: 'Anthropic', provider: 'anthropic', baseUrl: '', needsKey: true, isLocal: false },
  openaiLike('ollama', 'Ollama', 'http://127.0.0.1:11434/v1', true),
  openaiLike('lm-studio', 'LM Studio', 'http://127.0.0.1:1234/v1', true),
  openaiLike('vllm', 'vLLM', 'http://127.0.0.1:8000/v1', true),
  openaiLike('llama-cpp', 'llama.cpp', 'http://127.0.0.1:8080/v1', true),
];

export const otherPreset: ConnectionPreset = openaiLike('other', '', 'https://', false);
