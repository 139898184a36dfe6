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
    const message = { en: 'Send a message with role "user" last.', zh: '请将角色为 "user" 的消息放在最后。' };
    throw new HubError(
      'validation_failed',
      { en: "The last message must be the user's.", zh: '最后一条消息须来自用户。' },
      { errors: [{ path: `body.messages.${read.length - 1}.role`, message }] },
    );
  }
  if (last.imageUrls.length > mostImages) {
    const message = { en: `Send ${mostImages} pictures at most.`, zh: `请最多发送 ${mostImages} 张图片。` };
    throw new HubError(
      'validation_failed',
      { en: `A message takes ${mostImages} pictures at most.`, zh: `一条消息最多 ${mostImages} 张图片。` },
      { errors: [{ path: `body.messages.${read.length - 1}.content`, message }] },
    );
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
    const message = { en: 'Send "data:image/png;base64,…".', zh: '请发送 "data:image/png;base64,…"。' };
    throw new HubError(
      'validation_failed',
      {
        en: 'Pictures come as data: URLs (PNG, JPEG, WebP or GIF).',
        zh: '图片须为 data: 网址（PNG、JPEG、WebP 或 GIF）。',
      },
      { errors: [{ path: `body.messages.content.${place}.image_url`, message }] },
    );
  }
  const bytes = Buffer.from(match[2] ?? '', 'base64');
  return (await storeImage(actor, { name: `image-${place + 1}`, mediaType: match[1] ?? '', bytes })).id;
}
