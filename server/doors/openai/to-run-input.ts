import type { Actor } from '#server/contract/actor.ts';
import type { StartRunInput } from '#server/contract/run.ts';
import { HubError } from '#server/hub-error.ts';
import { type OpenAIMessage, readContent } from './openai-input.ts';

/** Stores a picture that came inside a request, for the actor. */
export type StoreImage = (
  actor: Actor,
  image: { name: string; mediaType: string; bytes: Uint8Array },
) => Promise<{ id: string }>;

const mostImages = 10;
const dataUrl = /^data:(image\/(?:png|jpeg|webp|gif));base64,([A-Za-z0-9+/=\s]+)$/;

/**
 * Turns messages of an OpenAI client into a run's input. Pictures come as `data:` URLs; those of the last message are
 * attached to the run.
 *
 * @throws {HubError} `validation_failed`, for a picture by address
 */
export async function toRunInput(
  actor: Actor,
  messages: OpenAIMessage[],
  {
    storeImage,
    version,
    conversationId,
    metadata,
    store,
  }: {
    storeImage: StoreImage;
    version: number | undefined;
    conversationId: string | undefined;
    metadata: Record<string, string> | null | undefined;
    store: boolean | null | undefined;
  },
): Promise<StartRunInput> {
  const read = messages.map((message) => ({ role: message.role, ...readContent(message.content) }));
  const last = read.at(-1);
  if (last?.role !== 'user') {
    throw new HubError('validation_failed', "The last message must be the user's.", {
      errors: [{ path: `body.messages.${read.length - 1}.role`, message: 'Send a message with role "user" last.' }],
    });
  }
  if (last.imageUrls.length > mostImages) {
    throw new HubError('validation_failed', `A message takes ${mostImages} pictures at most.`, {
      errors: [{ path: `body.messages.${read.length - 1}.content`, message: `Send ${mostImages} pictures at most.` }],
    });
  }
  const files: string[] = [];
  for (const [place, url] of last.imageUrls.entries()) files.push(await storeDataUrl(actor, url, place, storeImage));
  const text = last.text === '' && files.length > 0 ? 'Look at the attached image.' : last.text;
  return {
    files,
    variables: {},
    stream: false,
    budget: {},
    metadata: metadata ?? {},
    ...(store === false ? { temporary: true } : {}),
    ...(version === undefined ? {} : { version }),
    ...(conversationId === undefined ? {} : { conversationId }),
    messages: [
      ...read
        .slice(0, -1)
        .map(({ role, text: content }) => ({ role: role === 'developer' ? ('system' as const) : role, content })),
      { role: 'user', content: text },
    ],
  };
}

async function storeDataUrl(actor: Actor, url: string, place: number, storeImage: StoreImage): Promise<string> {
  const match = dataUrl.exec(url);
  if (match === null) {
    throw new HubError('validation_failed', 'Pictures come as data: URLs (PNG, JPEG, WebP or GIF).', {
      errors: [{ path: `body.messages.content.${place}.image_url`, message: 'Send "data:image/png;base64,…".' }],
    });
  }
  const bytes = Buffer.from(match[2] ?? '', 'base64');
  return (await storeImage(actor, { name: `image-${place + 1}`, mediaType: match[1] ?? '', bytes })).id;
}
