import { z } from 'zod';
import { JsonObject } from './json.ts';
import { LocalizedText } from './localized-text.ts';

/** Methods of OpenAPI that can be called; `trace` is not one of them. */
export const OpenApiMethod = z.enum(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']);
export type OpenApiMethod = z.infer<typeof OpenApiMethod>;

/** How a value is written into a URL, a header or a form (OpenAPI 3.1.1, "Style Values"). */
export const OpenApiStyle = z.enum([
  'matrix',
  'label',
  'simple',
  'form',
  'spaceDelimited',
  'pipeDelimited',
  'deepObject',
]);
export type OpenApiStyle = z.infer<typeof OpenApiStyle>;

/** How one property of an operation's input is sent outside of the body. */
export const OpenApiParameter = z.strictObject({
  /** Its name in the input schema; differs from `name` where that one is taken or no fit name of a tool's property. */
  property: z.string(),
  /** Its name on the wire. */
  name: z.string(),
  in: z.enum(['path', 'query', 'header', 'cookie']),
  style: OpenApiStyle,
  explode: z.boolean(),
  /** Reserved characters that do no harm in a query stay as they are. */
  allowReserved: z.boolean(),
  /** The media type that the value is written in, instead of a style. */
  content: z.string().optional(),
});
export type OpenApiParameter = z.infer<typeof OpenApiParameter>;

/** How one property of an input is sent as a member of a JSON body, or as a field of a form. */
export const OpenApiBodyField = z.strictObject({
  property: z.string(),
  name: z.string(),
  /** The media type of a form's part; null for the usual one of its value. */
  contentType: z.string().nullable(),
  /** How a form's value is written; null for the usual way. */
  style: OpenApiStyle.nullable(),
  explode: z.boolean(),
  allowReserved: z.boolean(),
  /** The value is an `OpenApiBinary`, or a list of them. */
  binary: z.boolean(),
});
export type OpenApiBodyField = z.infer<typeof OpenApiBodyField>;

/** The body of an operation: one property of its input, or one made of several of them. */
export const OpenApiBody = z.strictObject({
  mediaType: z.string(),
  required: z.boolean(),
  content: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('whole'),
      property: z.string(),
      /** The property is an `OpenApiBinary`. */
      binary: z.boolean(),
    }),
    z.strictObject({ kind: z.literal('fields'), fields: z.array(OpenApiBodyField) }),
  ]),
});
export type OpenApiBody = z.infer<typeof OpenApiBody>;

/** Bytes as a model or a person gives them: `text`, `base64`, or a `file` of the hub. */
export const OpenApiBinary = z.strictObject({
  name: z.string().max(200).optional(),
  mediaType: z.string().max(200).optional(),
  text: z.string().optional(),
  base64: z.string().optional(),
  /** Its id, or the name by which it is attached to the conversation. */
  file: z.string().max(300).optional(),
});
export type OpenApiBinary = z.infer<typeof OpenApiBinary>;

/** A way to sign in that a description names. */
export const OpenApiSecurityScheme = z.strictObject({
  name: z.string(),
  kind: z.enum(['api-key', 'bearer', 'basic', 'oauth2', 'other']),
  description: z.string().max(1_000),
  /** Of an `api-key`. */
  in: z.enum(['query', 'header', 'cookie']).optional(),
  parameterName: z.string().optional(),
  /** Of `oauth2`: its flows by their names in OpenAPI, and where its best one starts. */
  flows: z.array(z.string()).optional(),
  authorizationUrl: z.string().optional(),
  tokenUrl: z.string().optional(),
  scopes: z.array(z.strictObject({ name: z.string(), description: z.string() })).optional(),
});
export type OpenApiSecurityScheme = z.infer<typeof OpenApiSecurityScheme>;

/** A way to sign in that one operation asks for. */
export const OpenApiSecurityNeed = OpenApiSecurityScheme.pick({
  name: true,
  kind: true,
  in: true,
  parameterName: true,
});
export type OpenApiSecurityNeed = z.infer<typeof OpenApiSecurityNeed>;

/** One operation of an OpenAPI description: all that is needed to offer it as a tool and to call it. */
export const OpenApiOperation = z.strictObject({
  /** Unique in its description: from `operationId`, or from method and path. */
  name: z.string().regex(/^[a-z0-9_-]{1,64}$/),
  title: z.string().max(200),
  /** Plain text. */
  description: z.string().max(1_000),
  method: OpenApiMethod,
  /** With its templates: `/pets/{petId}`. */
  path: z.string().startsWith('/'),
  tags: z.array(z.string()),
  deprecated: z.boolean(),
  /** `read` for methods that are safe (RFC 9110, 9.2.1). */
  effect: z.enum(['read', 'write']),
  /** JSON Schema 2020-12 of a closed object, without references, 16 kB at most. */
  inputSchema: JsonObject,
  parameters: z.array(OpenApiParameter),
  body: OpenApiBody.nullable(),
  /** The server of this operation, where it has its own. */
  server: z.string().nullable(),
  /** What it says itself of signing in: one of the lists, all of it; none for everybody. Null: it says nothing of its own. */
  security: z.array(z.array(OpenApiSecurityNeed)).nullable().default(null),
});
export type OpenApiOperation = z.infer<typeof OpenApiOperation>;

/** What was read of an OpenAPI 3.0 or 3.1 description. */
export const OpenApiDescription = z.strictObject({
  title: z.string(),
  version: z.string(),
  description: z.string(),
  /** Base URLs, variables filled with their defaults; those that are relative to an unknown address are left out. */
  servers: z.array(z.string()),
  securitySchemes: z.array(OpenApiSecurityScheme),
  operations: z.array(OpenApiOperation),
  /** Operations that cannot be called, such as `TRACE /pets`, and why. */
  skipped: z.array(z.strictObject({ operation: z.string(), reason: z.string(), words: LocalizedText })),
});
export type OpenApiDescription = z.infer<typeof OpenApiDescription>;
