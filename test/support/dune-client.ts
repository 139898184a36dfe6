type Parameter = { name: string; value: string };
type Paging = { limit?: number; offset?: number; columns?: string[]; sort_by?: string[]; filters?: string };

export type DuneStatus = {
  execution_id: string;
  query_id: number;
  state: string;
  error?: { type: string; message: string; metadata?: { line: number; column: number } };
  result_metadata?: { column_names: string[]; total_row_count: number; datapoint_count: number };
};
export type DuneResults = DuneStatus & {
  next_offset?: number;
  next_uri?: string;
  result?: { rows: Record<string, unknown>[]; metadata: { total_row_count: number } };
};

/**
 * Speaks to a hub as Dune's published clients do: their key header, their addresses down to the slash, parameters as an
 * object, pages by `next_uri`. Written from Dune's description, for its own client comes without a licence.
 */
export function createDuneClient(key: string, address: string) {
  const base = `${address}/api/v1`;

  async function send(url: string, init: RequestInit = {}): Promise<Response> {
    const headers = { 'x-dune-api-key': key, 'content-type': 'application/json' };
    const answer = await fetch(url, { ...init, headers });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return answer;
  }
  const get = async <Answer>(url: string) => (await (await send(url)).json()) as Answer;
  const write = async <Answer>(method: string, path: string, body: object = {}) =>
    (await (await send(`${base}/${path}`, { method, body: JSON.stringify(body) })).json()) as Answer;

  const toSearch = ({ columns, sort_by: sort, ...rest }: Paging, parameters: Parameter[] = []) => {
    const given = { ...rest, columns: columns?.join(','), sort_by: sort?.join(',') };
    const members = Object.entries(given).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    );
    const values = parameters.map(({ name, value }) => [`params.${name}`, value]);
    return new URLSearchParams([...members, ...values]).toString();
  };
  const readStatus = (id: string) => get<DuneStatus>(`${base}/execution/${id}/status`);
  const readResults = (id: string, paging: Paging = {}) =>
    get<DuneResults>(`${base}/execution/${id}/results?${toSearch(paging)}`);

  async function readCsv(url: string) {
    const { headers, ...answer } = await send(url).then(async (response) => ({
      headers: response.headers,
      data: await response.text(),
    }));
    const offset = headers.get('x-dune-next-offset');
    return {
      ...answer,
      next_uri: headers.get('x-dune-next-uri'),
      next_offset: offset === null ? undefined : Number(offset),
    };
  }

  async function finish(id: string): Promise<DuneStatus> {
    for (;;) {
      const status = await readStatus(id);
      if (status.state !== 'QUERY_STATE_EXECUTING' && status.state !== 'QUERY_STATE_PENDING') return status;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  return {
    finish,
    readStatus,
    readResults,
    executeSql: (sql: string) => write<DuneStatus>('POST', 'sql/execute', { sql, performance: 'medium' }),
    cancel: async (id: string) => (await write<{ success: boolean }>('POST', `execution/${id}/cancel`)).success,

    runQuery: async (query: number, parameters: Parameter[], paging: Paging = {}) => {
      const values = Object.fromEntries(parameters.map(({ name, value }) => [name, value]));
      const body = { query_parameters: values, performance: 'medium' };
      const { execution_id: id } = await write<DuneStatus>('POST', `query/${query}/execute`, body);
      await finish(id);
      return readResults(id, paging);
    },

    /** Of a query's last result with these values, by all its pages. */
    readLast: async (query: number, parameters: Parameter[], paging: Paging) => {
      const rows: Record<string, unknown>[] = [];
      let next: string | undefined = `${base}/query/${query}/results?${toSearch(paging, parameters)}`;
      while (next !== undefined) {
        const page: DuneResults = await get<DuneResults>(next);
        rows.push(...(page.result?.rows ?? []));
        next = page.next_uri;
      }
      return rows;
    },

    readCsv: (id: string, paging: Paging) => readCsv(`${base}/execution/${id}/results/csv?${toSearch(paging)}`),
    readLastCsv: async (query: number, paging: Paging) => {
      const lines: string[] = [];
      let next: string | null = `${base}/query/${query}/results/csv?${toSearch(paging)}`;
      while (next !== null) {
        const page: Awaited<ReturnType<typeof readCsv>> = await readCsv(next);
        lines.push(
          ...page.data
            .trim()
            .split('\n')
            .slice(lines.length === 0 ? 0 : 1),
        );
        next = page.next_uri;
      }
      return lines;
    },

    createQuery: async (query: object) =>
      (await write<{ query_id: number }>('POST', 'query/', { query_parameters: [], ...query })).query_id,
    updateQuery: (query: number, changes: object) => write('PATCH', `query/${query}`, changes),
    readQuery: (query: number) => get<Record<string, unknown>>(`${base}/query/${query}`),
  };
}
