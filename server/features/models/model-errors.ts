import { HubError } from '#server/hub-error.ts';

export const connectionNotFound = (id: string) =>
  new HubError('not_found', { en: `There is no connection "${id}".`, zh: `没有连接“${id}”。` });

export const mostOwnConnections = 20;

export const tooManyConnections = () =>
  new HubError('conflict', {
    en: `You have ${mostOwnConnections} connections, as many as a person may have. Delete one first.`,
    zh: `您已有 ${mostOwnConnections} 个连接，达到每人上限。请先删除一个。`,
  });

export const hubConnectionsForAdministrators = () =>
  new HubError('forbidden', {
    en: 'The hub’s connections are for its administrators. Connect your own with "personal": true.',
    zh: '中枢的连接由管理员管理。请用 "personal": true 连接您自己的。',
  });

export const keyBoundToAgents = () =>
  new HubError('forbidden', {
    en: 'This API key is bound to agents and cannot make connections.',
    zh: '此 API 密钥绑定到智能体，不能创建连接。',
  });

export const connectionFromOutside = (name: string) =>
  new HubError('conflict', {
    en: `"${name}" comes from the environment or from a local server. Change it there.`,
    zh: `“${name}”来自环境变量或本地服务器，请在那里修改。`,
  });

export const wishesNotConnected = (wishes: string[]) =>
  new HubError('model_unavailable', {
    en:
      `None of this agent's models is connected: ${wishes.join(', ')}. ` +
      'Its owner or an administrator connects one in Settings → Models, or the agent names another model.',
    zh: `此智能体的模型都没有连接：${wishes.join(', ')}。请由其所有者或管理员在“设置 → 模型”中连接，或为智能体另选模型。`,
  });

export const modelUnknown = (reference: string) =>
  new HubError(
    'validation_failed',
    { en: `No connection offers "${reference}".`, zh: `没有连接提供“${reference}”。` },
    {
      errors: [
        {
          path: 'body.reference',
          message: { en: 'Choose a reference of GET /api/models.', zh: '请从 GET /api/models 中选择一个模型。' },
        },
      ],
    },
  );

export const keyMissingForMove = () =>
  new HubError(
    'validation_failed',
    {
      en: 'The connection moves to another server, so its key is needed again.',
      zh: '连接换到了另一台服务器，因此需要重新填写密钥。',
    },
    {
      errors: [
        { path: 'body.apiKey', message: { en: 'Send the key for the new address.', zh: '请填写新地址所用的密钥。' } },
      ],
    },
  );
