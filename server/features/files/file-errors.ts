import { HubError } from '#server/hub-error.ts';

export const fileMissing = () =>
  new HubError('validation_failed', 'The form has no file.', {
    errors: [{ path: 'body.file', message: 'Send the file in a multipart form, in the field "file".' }],
  });

export const attachmentsTooLarge = (limitBytes: number) =>
  new HubError(
    'payload_too_large',
    `The attached files are too large together: ${limitBytes / 1024 / 1024} MB at most.`,
  );

export const fileUnreadable = (name: string, mediaType: string) =>
  new HubError(
    'unsupported_media_type',
    `"${name}" (${mediaType}) cannot be read. Attach an image (PNG, JPEG, WebP, GIF), a PDF, or a text in UTF-8.`,
  );
