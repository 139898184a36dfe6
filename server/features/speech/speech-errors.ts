import { HubError } from '#server/hub-error.ts';

export const speechNotConfigured = (what: 'read aloud' | 'write down') =>
  new HubError('tool_unavailable', {
    en: `No model is set to ${what}. An administrator chooses one in Settings → Models.`,
    zh: `没有设置用于${what === 'read aloud' ? '朗读' : '听写'}的模型。管理员可在“设置 → 模型”中选择。`,
  });

export const modelNotForAudio = (path: 'speech' | 'transcription', reference: string) =>
  new HubError(
    'validation_failed',
    {
      en: `"${reference}" is not at a connection that speaks OpenAI's audio API.`,
      zh: `“${reference}”所在的连接不支持 OpenAI 的音频 API。`,
    },
    {
      errors: [
        {
          path: `body.${path}`,
          message: {
            en: 'Name a model of an OpenAI-compatible connection: connection/model.',
            zh: '请填写 OpenAI 兼容连接的模型：连接/模型。',
          },
        },
      ],
    },
  );

export const recordingMissing = () =>
  new HubError(
    'validation_failed',
    { en: 'The form has no recording.', zh: '表单中没有录音。' },
    {
      errors: [
        {
          path: 'body.file',
          message: {
            en: 'Send the recording in a multipart form, in the field "file".',
            zh: '请以 multipart 表单的 "file" 字段发送录音。',
          },
        },
      ],
    },
  );

export const recordingUnreadable = (mediaType: string) =>
  new HubError('unsupported_media_type', {
    en: `A recording may be WebM, Ogg, MP4, MP3, WAV or FLAC; this is ${mediaType || 'of no known kind'}.`,
    zh: `录音可以是 WebM、Ogg、MP4、MP3、WAV 或 FLAC；这是 ${mediaType || '未知类型'}。`,
  });
