import address from '@mermaid-js/tiny/dist/mermaid.tiny.js?url';

export type Mermaid = {
  initialize: (options: object) => void;
  render: (id: string, source: string) => Promise<{ svg: string }>;
};

declare global {
  var mermaid: Mermaid | undefined;
}

let loading: Promise<Mermaid> | null = null;

/** Brings the diagram library, which comes as one script that puts itself into the page; one that failed is asked for again. */
export function loadMermaid(): Promise<Mermaid> {
  loading ??= insertScript().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

function insertScript(): Promise<Mermaid> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.onload = () =>
      globalThis.mermaid === undefined ? reject(new Error('No diagram library came.')) : resolve(globalThis.mermaid);
    script.onerror = () => reject(new Error('The diagram library could not be loaded.'));
    document.head.append(script);
  });
}
