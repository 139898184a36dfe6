import type { WebhookSignature } from '#server/contract/trigger.ts';

type Example = { address: string; secret: string; signature: WebhookSignature };

/** A call from a shell that signs its body, as it can be pasted; it needs openssl and curl. */
export function toSigningExample({ address, secret, signature }: Example): string {
  if (signature === 'github') {
    return `body='{"hello": "world"}'
signature=$(printf %s "$body" | openssl dgst -sha256 -hmac '${secret}' | sed 's/^.* //')
curl ${address} \\
  -H 'Content-Type: application/json' \\
  -H "X-Hub-Signature-256: sha256=$signature" \\
  -d "$body"`;
  }
  return `body='{"hello": "world"}'
time=$(date +%s)
id="msg_$time"
key=$(printf %s '${secret.replace('whsec_', '')}' | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \\n')
signature=$(printf %s "$id.$time.$body" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)
curl ${address} \\
  -H 'Content-Type: application/json' \\
  -H "webhook-id: $id" \\
  -H "webhook-timestamp: $time" \\
  -H "webhook-signature: v1,$signature" \\
  -d "$body"`;
}
