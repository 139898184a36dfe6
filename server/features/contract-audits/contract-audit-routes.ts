import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ContractAudit, ContractAuditSummary, CreateContractAuditInput } from '#server/contract/contract-audit.ts';
import { Identifier } from '#server/contract/identifier.ts';
import { pageOf, PageQuery } from '#server/contract/page.ts';
import { problemResponses } from '#server/contract/problem.ts';
import { readLanguage } from '#server/read-language.ts';
import { keptPictureHeaders, toDisposition } from '#server/to-file-headers.ts';
import { untilLeft } from '#server/until-left.ts';
import { zipMissing } from './contract-audit-errors.ts';
import type { ContractAuditService } from './contract-audit-service.ts';

const tags = ['contract audits'];
const largestZipBytes = 2 * 1024 * 1024;
const params = z.object({ audit: Identifier });
/** An audit is work: a few a minute. */
const writing = { scope: 'runs:write', rateLimit: { max: 20, timeWindow: '1 minute' } } as const;
const reading = { scope: 'conversations:read' } as const;

/** `/api/audits`: audits of Solidity sources, a person's own. */
export function contractAuditRoutes({
  contractAudits,
}: {
  contractAudits: ContractAuditService;
}): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(multipart, { limits: { files: 1, fields: 0, fileSize: largestZipBytes } });
    app.post(
      '/api/audits',
      {
        config: writing,
        schema: {
          operationId: 'auditContract',
          tags,
          summary: 'Audits Solidity sources, or a contract by its address, and keeps the report',
          description:
            'Takes seconds; a client that leaves ends it. Imports are looked for among the files; those that are missing are named in the report and never fetched. A file that is no Solidity is told with its place. By `chain` and `address`, the verified source is looked up (Sourcify, Etherscan, the devnet’s own), behind a proxy that of its implementation; 404 where there is none.',
          body: CreateContractAuditInput,
          response: { 201: ContractAudit, ...problemResponses(400, 403, 404, 409, 413, 503) },
        },
      },
      async (request, reply) =>
        reply.code(201).send(await contractAudits.create(request.actor, request.body, untilLeft(reply.raw))),
    );

    app.post(
      '/api/audits/zip',
      {
        config: writing,
        schema: {
          operationId: 'auditContractZip',
          tags,
          summary: 'Audits the Solidity files of a zip and keeps the report',
          description: 'multipart/form-data with the zip in the field "file". Other files in it are passed over.',
          consumes: ['multipart/form-data'],
          response: { 201: ContractAudit, ...problemResponses(400, 403, 409, 413, 415, 503) },
        },
      },
      async (request, reply) => {
        const zip = await readZip(request);
        return reply.code(201).send(await contractAudits.createFromZip(request.actor, zip, untilLeft(reply.raw)));
      },
    );

    app.get(
      '/api/audits',
      {
        config: reading,
        schema: {
          operationId: 'listContractAudits',
          tags,
          summary: 'Your audits, newest first',
          querystring: PageQuery,
          response: { 200: pageOf(ContractAuditSummary), ...problemResponses(400, 403) },
        },
      },
      (request) => contractAudits.list(request.actor, request.query),
    );

    app.get(
      '/api/audits/:audit',
      {
        config: reading,
        schema: {
          operationId: 'getContractAudit',
          tags,
          summary: 'An audit: its report and the sources',
          params,
          response: { 200: ContractAudit, ...problemResponses(403, 404) },
        },
      },
      (request) => contractAudits.get(request.actor, request.params.audit),
    );

    app.delete(
      '/api/audits/:audit',
      {
        config: { scope: 'runs:write' },
        schema: {
          operationId: 'deleteContractAudit',
          tags,
          summary: 'Deletes an audit with its sources',
          params,
          response: { 204: z.null(), ...problemResponses(403, 404) },
        },
      },
      async (request, reply) => {
        await contractAudits.remove(request.actor, request.params.audit);
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/api/audits/:audit/charts/:auditChart',
      {
        config: reading,
        schema: {
          operationId: 'drawContractAuditChart',
          tags,
          summary:
            'A chart of an audit as SVG: `severity` or `kinds`, in the language that is asked for or of Accept-Language',
          produces: ['image/svg+xml'],
          params: params.extend({ auditChart: z.string().max(60) }),
          querystring: z.object({ language: z.enum(['en', 'zh']).optional() }),
          response: {
            200: { description: 'The chart', content: { 'image/svg+xml': { schema: z.string() } } },
            ...problemResponses(400, 403, 404, 503),
          },
        },
      },
      async (request, reply) => {
        const { audit: id, auditChart: chart } = request.params;
        const language = request.query.language ?? readLanguage(request.headers);
        const svg = await contractAudits.drawChart(request.actor, { id, chart, language }, untilLeft(reply.raw));
        return reply.headers(keptPictureHeaders).type('image/svg+xml').send(svg);
      },
    );

    app.get(
      '/api/audits/:audit/report.md',
      {
        config: reading,
        schema: {
          operationId: 'getContractAuditMarkdown',
          tags,
          summary: 'The report as Markdown, in the language of Accept-Language',
          produces: ['text/markdown'],
          params,
          response: {
            200: { description: 'The report', content: { 'text/markdown': { schema: z.string() } } },
            ...problemResponses(403, 404),
          },
        },
      },
      async (request, reply) => {
        const language = readLanguage(request.headers);
        const text = await contractAudits.writeMarkdown(request.actor, request.params.audit, language);
        return reply
          .headers({ 'content-disposition': toDisposition('audit.md'), 'x-content-type-options': 'nosniff' })
          .type('text/markdown; charset=utf-8')
          .send(text);
      },
    );

    app.get(
      '/api/audits/:audit/report.pdf',
      {
        config: reading,
        schema: {
          operationId: 'getContractAuditPdf',
          tags,
          summary: 'The report as PDF, with its charts, in the language of Accept-Language',
          produces: ['application/pdf'],
          params,
          response: {
            200: { description: 'The report', content: { 'application/pdf': { schema: z.any() } } },
            ...problemResponses(403, 404, 503),
          },
        },
      },
      async (request, reply) => {
        const language = readLanguage(request.headers);
        const bytes = await contractAudits.writePdf(
          request.actor,
          request.params.audit,
          language,
          untilLeft(reply.raw),
        );
        return reply
          .headers({ 'content-disposition': toDisposition('audit.pdf'), 'x-content-type-options': 'nosniff' })
          .type('application/pdf')
          .send(Buffer.from(bytes));
      },
    );
  };
}

async function readZip(request: FastifyRequest): Promise<Uint8Array> {
  if (!request.isMultipart()) throw zipMissing();
  const upload = await request.file();
  if (upload?.fieldname !== 'file') throw zipMissing();
  return upload.toBuffer();
}
