let channel: BroadcastChannel | null = null;

/** One for the page: a channel does not hear itself. */
function getChannel(): BroadcastChannel {
  channel ??= new BroadcastChannel('atrium-conversations');
  return channel;
}

/** Tells the other tabs of this browser that a conversation goes on. */
export function tellOtherTabs(conversation: string): void {
  getChannel().postMessage(conversation);
}

/** Hears from other tabs which conversations go on; the answer ends it. */
export function hearOtherTabs(onConversation: (conversation: string) => void): () => void {
  const hear = ({ data }: MessageEvent<string>) => onConversation(data);
  const heard = getChannel();
  heard.addEventListener('message', hear);
  return () => heard.removeEventListener('message', hear);
}
