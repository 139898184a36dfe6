import { HubError } from '#server/hub-error.ts';

export const builderMissing = () =>
  new HubError('unavailable', {
    en: 'The builder agent is not there: it was removed from this hub, or your key is bound to other agents.',
    zh: '构建智能体不在：它已从此中枢移除，或您的密钥绑定到其他智能体。',
  });

export const noLanguageModel = () =>
  new HubError('model_unavailable', {
    en: 'No language model is connected, and the offline planner writes no text. An administrator connects one under Models.',
    zh: '没有连接语言模型，而离线规划器不会写文字。管理员可在“模型”中连接。',
  });

export const proposalNotFound = (id: string) =>
  new HubError('not_found', { en: `This talk has no proposal "${id}".`, zh: `此对话没有提案“${id}”。` });

export const nothingWritten = () =>
  new HubError('model_protocol_error', { en: 'The model wrote nothing. Try again.', zh: '模型什么也没写，请重试。' });
