import { HubError } from '#server/hub-error.ts';

export const datasetNotFound = (id: string) =>
  new HubError('not_found', { en: `There is no dataset "${id}".`, zh: `没有数据集“${id}”。` });

export const datasetsRefused = () =>
  new HubError('forbidden', {
    en: 'A key for certain agents has no tables.',
    zh: '绑定到特定智能体的密钥没有数据表。',
  });

export const mostDatasets = 200;

export const tooManyDatasets = () =>
  new HubError('conflict', {
    en: `A person has at most ${mostDatasets} datasets. Delete one first.`,
    zh: `每人最多有 ${mostDatasets} 个数据集，请先删除一个。`,
  });

export const nameTaken = (name: string) => {
  const message = {
    en: `Another of your tables is called "${name}".`,
    zh: `您已有名为“${name}”的数据表。`,
  };
  return new HubError('conflict', message, { errors: [{ path: 'body.name', message }] });
};

export const fileMissing = () => {
  const message = {
    en: 'Send the file in a multipart form, in the field "file".',
    zh: '请在表单的“file”字段中发送文件。',
  };
  return new HubError('validation_failed', message, { errors: [{ path: 'body.file', message }] });
};
