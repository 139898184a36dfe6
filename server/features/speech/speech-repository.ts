import { SpeechModels } from '#server/contract/speech.ts';
import type { Database } from '#server/platform/database.ts';

const name = 'speech-models';

/** Which models read aloud and write down. */
export function createSpeechRepository({ database: { prisma } }: { database: Pick<Database, 'prisma'> }) {
  return {
    read: async (): Promise<SpeechModels> => {
      const row = await prisma.hubSetting.findUnique({ where: { name } });
      return SpeechModels.parse(row?.value ?? { speech: null, transcription: null });
    },
    write: async (value: SpeechModels): Promise<void> => {
      await prisma.hubSetting.upsert({ where: { name }, create: { name, value }, update: { value } });
    },
  };
}
export type SpeechRepository = ReturnType<typeof createSpeechRepository>;
