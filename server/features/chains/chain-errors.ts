import { HubError } from '#server/hub-error.ts';

export const chainNotFound = (id: number) =>
  new HubError('not_found', { en: `There is no chain ${id} here.`, zh: `这里没有链 ${id}。` });

export const endpointNotFound = (id: string) =>
  new HubError('not_found', { en: `The chain has no endpoint "${id}".`, zh: `此链没有端点“${id}”。` });

export const chainKnown = (name: string) =>
  new HubError('conflict', {
    en: `The hub already reads ${name}. Add an endpoint to it instead.`,
    zh: `中枢已经在读取 ${name}，请改为给它添加端点。`,
  });

export const nameTaken = (name: string) =>
  new HubError('conflict', {
    en: `Another chain is called "${name}". Choose another name.`,
    zh: `已有另一条链名为“${name}”，请换一个名称。`,
  });

export const chainOfHub = (name: string) =>
  new HubError('conflict', {
    en: `${name} belongs to the hub: only its endpoints can be added to and removed.`,
    zh: `${name} 是中枢自带的链：只能添加或移除它的端点。`,
  });

export const endpointFromOutside = () =>
  new HubError('conflict', {
    en: 'This endpoint comes from the hub or its environment (HUB_RPC_URLS). Change it there.',
    zh: '此端点来自中枢或其环境变量（HUB_RPC_URLS），请在那里修改。',
  });

export const endpointOfHub = (name: string) =>
  new HubError('conflict', {
    en: `${name} is run by the hub and has no other endpoint.`,
    zh: `${name} 由中枢运行，没有其他端点。`,
  });

export const sourceNotFound = (address: string) =>
  new HubError('not_found', {
    en: `No contract of the devnet stands at ${address}. Its contracts are listed once it ran.`,
    zh: `${address} 处没有开发网自带的合约。开发网运行过一次后会列出其合约。`,
  });

export const lastEndpoint = (name: string) =>
  new HubError('conflict', {
    en: `${name} has no other endpoint. Add another first, or remove the chain.`,
    zh: `${name} 没有其他端点。请先添加一个，或移除这条链。`,
  });

export const mostStoredEndpoints = 20;

export const tooManyEndpoints = () =>
  new HubError('conflict', {
    en: `A chain has at most ${mostStoredEndpoints} endpoints of your own. Remove one first.`,
    zh: `一条链最多有 ${mostStoredEndpoints} 个自有端点，请先移除一个。`,
  });

export const wrongChain = (told: number, wanted: number) => {
  const message = {
    en: `This RPC answers for chain ${told}, not ${wanted}. Check the address and the chain's number.`,
    zh: `此 RPC 属于链 ${told}，而不是 ${wanted}。请检查地址和链编号。`,
  };
  return new HubError('validation_failed', message, { errors: [{ path: 'body.url', message }] });
};
