import { HubError } from '#server/hub-error.ts';

export const fileMissing = () =>
  new HubError(
    'validation_failed',
    { en: 'The form has no file.', zh: '表单中没有文件。' },
    {
      errors: [
        {
          path: 'body.file',
          message: {
            en: 'Send the file in a multipart form, in the field "file".',
            zh: '请以 multipart 表单的 "file" 字段发送文件。',
          },
        },
      ],
    },
  );

export const attachmentsTooLarge = (limitBytes: number) =>
  new HubError('payload_too_large', {
    en: `The attached files are too large together: ${limitBytes / 1024 / 1024} MB at most.`,
    zh: `附件合计过大：最多 ${limitBytes / 1024 / 1024} MB。`,
  });

export const fileUnreadable = (name: string, mediaType: string) =>
  new HubError('unsupported_media_type', {
    en: `"${name}" (${mediaType}) cannot be read. Attach an image (PNG, JPEG, WebP, GIF), a PDF, or a text in UTF-8.`,
    zh: `无法读取“${name}”（${mediaType}）。请附上图片（PNG、JPEG、WebP、GIF）、PDF 或 UTF-8 文本。`,
  });
