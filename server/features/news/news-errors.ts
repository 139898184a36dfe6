import { HubError } from '#server/hub-error.ts';

export const tooManyFollowers = (most: number) =>
  new HubError(
    'rate_limited',
    {
      en: `You have this hub open in more than ${most} places. Close one of them, so that this one hears what changes.`,
      zh: `您已在超过 ${most} 处打开此中枢。请关闭其中一处，以便此处接收更新。`,
    },
    { retryAfterSeconds: 60 },
  );
