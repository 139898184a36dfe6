import { HubError } from '#server/hub-error.ts';

export const devnetMissing = () =>
  new HubError('unavailable', {
    en: 'Anvil is not installed, which runs the devnet. Run "npm install" with optional packages (@foundry-rs/anvil) on the hub, or set HUB_ANVIL to where it is.',
    zh: '未安装运行开发网的 Anvil。请在中枢上运行包含可选软件包（@foundry-rs/anvil）的 “npm install”，或将 HUB_ANVIL 设为其位置。',
  });

export const devnetFailed = (cause?: unknown) =>
  new HubError(
    'unavailable',
    {
      en: 'The devnet did not start, or ended again and again. An administrator can start it under Settings → Chains; the hub’s log says more.',
      zh: '开发网未能启动，或反复退出。管理员可在“设置 → 区块链”中启动它；详情见中枢日志。',
    },
    { cause },
  );

/** Whoever reads has waited as long as they can; it goes on without them. */
export const devnetStillStarting = (progress: number | null) => {
  const share = progress === null ? null : Math.floor(progress * 100);
  return new HubError('unavailable', {
    en: `The devnet is still starting${share === null ? '' : `: ${share} % of its simulated days are made`}. The first time takes a minute or two. Ask again then.`,
    zh: `开发网仍在启动${share === null ? '' : `：模拟的日子已生成 ${share}%`}。首次启动需要一两分钟，请稍后再问一次。`,
  });
};

export const payerUnknown = () => {
  const message = {
    en: 'The devnet has no account with this address, or it has not that much.',
    zh: '开发网没有此地址的账户，或其余额不足。',
  };
  return new HubError('validation_failed', message, { errors: [{ path: 'body.from', message }] });
};

export const devnetStopped = () =>
  new HubError('unavailable', {
    en: 'The devnet was stopped while it started. It starts when it is used again.',
    zh: '开发网在启动过程中被停止。再次使用时会启动。',
  });

export const devnetNotRunning = () =>
  new HubError('unavailable', {
    en: 'The devnet is not running. It starts when an agent reads it, or under Settings → Chains.',
    zh: '开发网未在运行。智能体读取它时会自动启动，也可在“设置 → 区块链”中启动。',
  });

export const devnetElsewhere = (machine: string) =>
  new HubError('unavailable', {
    en: `The devnet runs on another machine of this hub (${machine}) and can be used and stopped only there.`,
    zh: `开发网运行在此中枢的另一台机器（${machine}）上，只能在那里使用和停止。`,
  });
