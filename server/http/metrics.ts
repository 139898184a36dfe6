import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { z } from 'zod';
import { problemResponses } from '#server/contract/problem.ts';
import { HubError } from '#server/hub-error.ts';
import { findRefusal } from './route-access.ts';
import './request-types.ts';

/** The numbers of one process; give `countRun` and `changeActiveRuns` to the room that runs agents. */
export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];

  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from a request to the end of its answer; streams last as long as their run',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  });
  const runs = new Counter({
    name: 'atrium_runs_total',
    help: 'Runs that ended, by how they ended',
    labelNames: ['status'] as const,
    registers,
  });
  const runSeconds = new Histogram({
    name: 'atrium_run_duration_seconds',
    help: 'Time from the start of a run to its end',
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300],
    registers,
  });
  const activeRuns = new Gauge({ name: 'atrium_active_runs', help: 'Runs under way', registers });
  const rpcCalls = new Counter({
    name: 'atrium_rpc_calls_total',
    help: 'JSON-RPC calls to chains, each call of a batch by itself, failed ones too',
    labelNames: ['chain', 'endpoint', 'method', 'outcome'] as const,
    registers,
  });
  const chainReads = new Counter({
    name: 'atrium_chain_reads_total',
    help: 'Reads of chains, by what answered them: memory (cache), a call that was under way (shared), a call of their own (rpc)',
    labelNames: ['chain', 'from'] as const,
    registers,
  });

  return {
    registry,
    countRpcCall: (call: { chain: string; host: string; method: string; failed: boolean }) =>
      rpcCalls.inc({
        chain: call.chain,
        endpoint: call.host,
        method: call.method,
        outcome: call.failed ? 'failed' : 'answered',
      }),
    countChainRead: (read: { chain: string; from: string }) => chainReads.inc(read),
    observeRequest: (method: string, route: string, status: number, seconds: number) =>
      requests.observe({ method, route, status }, seconds),
    countRun: (status: string, durationMs: number) => {
      runs.inc({ status });
      runSeconds.observe(durationMs / 1000);
    },
    changeActiveRuns: (change: 1 | -1) => activeRuns.inc(change),
  };
}

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * A proxy on this machine also connects from loopback; what it passes on names the client it speaks for. A browser on this
 * machine may show the page of a site whose name was bent to loopback; it says that name.
 */
function isFromThisMachine(request: FastifyRequest): boolean {
  const { headers, hostname, socket } = request;
  const forwarded = headers['x-forwarded-for'] ?? headers['forwarded'] ?? headers['x-real-ip'];
  return forwarded === undefined && loopbackNames.has(hostname) && loopback.has(socket.remoteAddress ?? '');
}

/**
 * Measures every request and serves `GET /metrics` in Prometheus text format.
 *
 * Open to this machine itself (never through a proxy), else to an administrator's session or key with the scope `admin`.
 */
export function metricsPlugin({ metrics }: { metrics: Metrics }) {
  const plugin: FastifyPluginAsync = async (app) => {
    app.addHook('onResponse', async (request, reply) => {
      const route = request.routeOptions.url ?? 'unknown';
      metrics.observeRequest(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    });

    app.get(
      '/metrics',
      {
        config: { access: 'public', rateLimit: false },
        schema: {
          operationId: 'getMetrics',
          tags: ['health'],
          summary: 'Measurements of this process in Prometheus text format',
          description: 'Open to the same machine; from elsewhere for administrators, with a key of the scope `admin`.',
          response: { 200: { content: { 'text/plain': { schema: z.string() } } }, ...problemResponses(401, 403) },
        },
      },
      async (request, reply) => {
        if (!isFromThisMachine(request)) {
          if (request.visitor === null) {
            throw new HubError('unauthenticated', {
              en: 'Send an administrator’s API key with the scope "admin".',
              zh: '请发送管理员带“admin”权限的 API 密钥。',
            });
          }
          const refusal = findRefusal(request.visitor, { access: 'administrator', scope: 'admin' });
          if (refusal !== null) throw refusal;
        }
        return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
      },
    );
  };
  return fastifyPlugin(plugin, { name: 'atrium-metrics', fastify: '5.x' });
}
