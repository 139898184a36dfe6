import type { JsonObject } from '#server/contract/json.ts';
import type { Mask } from '#server/runtime/guards/mask-json.ts';
import { invokeTool } from '#server/runtime/tools/invoke-tool.ts';
import type { RunMaterial, StoreFile, Tool } from '#server/runtime/tools/tool.ts';

export type KeptFile = { id: string; name: string; mediaType: string; bytes: Uint8Array };

/** A place for files that a test can look into. */
export function createFileKeeper(): { storeFile: StoreFile; files: KeptFile[] } {
  const files: KeptFile[] = [];
  return {
    files,
    storeFile: async (file) => {
      const id = `file-${files.length + 1}`;
      files.push({ id, ...file });
      return { id, size: file.bytes.byteLength };
    },
  };
}

/** Calls a tool as the runtime does. */
export async function callTool(
  tool: Tool,
  input: unknown,
  {
    fixedParameters = {},
    signal = new AbortController().signal,
    language = 'en' as const,
    storeFile = createFileKeeper().storeFile,
    reportProgress = () => undefined,
    material,
    mask = null,
    reportFailure = (thrown) => {
      throw thrown;
    },
  }: {
    fixedParameters?: JsonObject;
    signal?: AbortSignal;
    language?: 'en' | 'zh';
    storeFile?: StoreFile;
    reportProgress?: (text: string) => void;
    material?: RunMaterial;
    mask?: Mask | null;
    reportFailure?: (thrown: unknown) => void;
  } = {},
) {
  return await invokeTool({
    tool,
    input,
    fixedParameters,
    mask,
    context: {
      signal,
      language,
      modelOwnerId: 'person',
      storeFile,
      reportProgress,
      ...(material === undefined ? {} : { material: async () => material }),
    },
    reportFailure,
  });
}
