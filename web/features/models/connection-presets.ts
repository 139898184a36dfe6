import type { ProviderKind } from '#server/contract/model.ts';

export type ConnectionPreset = {
  id: string;
  name: string;
  provider: ProviderKind;
  baseUrl: string;
  /** The provider has an address of its own, for when none is given. */
  hasOwnAddress: boolean;
  needsKey: boolean;
  isLocal: boolean;
};

const local = (id: string, name: string, baseUrl: string): ConnectionPreset => ({
  id,
  name,
  provider: 'openai',
  baseUrl,
  hasOwnAddress: false,
  needsKey: false,
  isLocal: true,
});

const provider = (id: ProviderKind, name: string): ConnectionPreset => ({
  id,
  name,
  provider: id,
  baseUrl: '',
  hasOwnAddress: true,
  needsKey: true,
  isLocal: false,
});

/** A service that speaks OpenAI's chat completions at an address of its own. */
const compatible = (id: string, name: string, baseUrl: string): ConnectionPreset => ({
  id,
  name,
  provider: 'openai',
  baseUrl,
  hasOwnAddress: false,
  needsKey: true,
  isLocal: false,
});

/** Usual places of models; local ones with the port that each program takes by itself. */
export const connectionPresets: readonly ConnectionPreset[] = [
  provider('openai', 'OpenAI'),
  provider('anthropic', 'Anthropic'),
  provider('google', 'Google Gemini'),
  provider('mistral', 'Mistral'),
  compatible('openrouter', 'OpenRouter', 'https://openrouter.ai/api/v1'),
  compatible('deepseek', 'DeepSeek', 'https://api.deepseek.com/v1'),
  compatible('groq', 'Groq', 'https://api.groq.com/openai/v1'),
  compatible('xai', 'xAI', 'https://api.x.ai/v1'),
  compatible('together', 'Together AI', 'https://api.together.xyz/v1'),
  compatible('akash-ml', 'AkashML', 'https://api.akashml.com/v1'),
  compatible('chutes', 'Chutes', 'https://llm.chutes.ai/v1'),
  compatible('asi-one', 'ASI:One', 'https://api.asi1.ai/v1'),
  local('ollama', 'Ollama', 'http://127.0.0.1:11434/v1'),
  local('lm-studio', 'LM Studio', 'http://127.0.0.1:1234/v1'),
  local('vllm', 'vLLM', 'http://127.0.0.1:8000/v1'),
  local('llama-cpp', 'llama.cpp', 'http://127.0.0.1:8080/v1'),
];

export const otherPreset: ConnectionPreset = {
  id: 'other',
  name: '',
  provider: 'openai',
  baseUrl: '',
  hasOwnAddress: false,
  needsKey: true,
  isLocal: false,
};
