import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ToolFetch } from '#server/runtime/tools/ports.ts';

export type WebPage = {
  status?: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Never answers. */
  hangs?: boolean;
};

/** A web server on this machine that serves what a test puts up, by path. */
export async function startWebPages(pages: Record<string, WebPage>) {
  const server = createServer((request, response) => {
    const page = pages[request.url ?? '/'];
    if (page?.hangs) return;
    response.writeHead(
      page ? (page.status ?? 200) : 404,
      page?.headers ?? { 'content-type': 'text/html; charset=utf-8' },
    );
    response.end(page?.body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The fetch port without the egress rules, for pages on this machine. */
export const fetchLocally: ToolFetch = async (url, { method = 'GET', headers = {}, body, signal }) => {
  const response = await fetch(url, { method, headers, signal, ...(body === undefined ? {} : { body }) });
  return {
    status: response.status,
    url: response.url,
    headers: Object.fromEntries(response.headers),
    bytes: new Uint8Array(await response.arrayBuffer()),
  };
};
