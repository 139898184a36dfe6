import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { v7 } from 'uuid';
import { duneRoutes } from '#server/doors/dune/dune-routes.ts';
import { openAIRoutes } from '#server/doors/openai/openai-routes.ts';
import { isOpenAIAddress, sendOpenAIFailure } from '#server/doors/openai/send-openai-failure.ts';
import { accountRoutes } from '#server/features/accounts/account-routes.ts';
import { invitationRoutes } from '#server/features/accounts/invitation-routes.ts';
import { passwordResetRoutes } from '#server/features/accounts/password-reset-routes.ts';
import { removalRoutes } from '#server/features/accounts/removal-routes.ts';
import { profileRoutes } from '#server/features/accounts/profile-routes.ts';
import { alertRoutes } from '#server/features/alerts/alert-routes.ts';
import { analysisRoutes } from '#server/features/analyses/analysis-routes.ts';
import { auditRoutes } from '#server/features/audit/audit-routes.ts';
import { guardRoutes } from '#server/features/agents/guard-routes.ts';
import { agentRoutes } from '#server/features/agents/agent-routes.ts';
import { portraitRoutes } from '#server/features/agents/portrait-routes.ts';
import { chainRoutes } from '#server/features/chains/chain-routes.ts';
import { devnetRoutes } from '#server/features/chains/devnet-routes.ts';
import { contractAuditRoutes } from '#server/features/contract-audits/contract-audit-routes.ts';
import { conversationRoutes } from '#server/features/conversations/conversation-routes.ts';
import { folderRoutes } from '#server/features/conversations/folder-routes.ts';
import { shareRoutes } from '#server/features/shares/share-routes.ts';
import { sharedRoutes } from '#server/features/shares/shared-routes.ts';
import { embedRoutes } from '#server/features/embeds/embed-routes.ts';
import { visitRoutes } from '#server/features/embeds/visit-routes.ts';
import { evalRoutes } from '#server/features/evals/eval-routes.ts';
import { indexRoutes } from '#server/features/indexes/index-routes.ts';
import { datasetRoutes } from '#server/features/datasets/dataset-routes.ts';
import { feedbackRoutes } from '#server/features/feedback/feedback-routes.ts';
import { fileRoutes } from '#server/features/files/file-routes.ts';
import { hubRoutes } from '#server/features/hub/hub-routes.ts';
import { keyRoutes } from '#server/features/keys/key-routes.ts';
import { memoryRoutes } from '#server/features/memories/memory-routes.ts';
import { modelRoutes } from '#server/features/models/model-routes.ts';
import { newsRoutes } from '#server/features/news/news-routes.ts';
import { proposalRoutes } from '#server/features/proposals/proposal-routes.ts';
import { dashboardResultRoutes } from '#server/features/dashboards/dashboard-result-routes.ts';
import { dashboardRoutes } from '#server/features/dashboards/dashboard-routes.ts';
import { duneKeyRoutes } from '#server/features/queries/dune-key-routes.ts';
import { executionRoutes } from '#server/features/queries/execution-routes.ts';
import { queryChartRoutes } from '#server/features/queries/query-chart-routes.ts';
import { savedQueryRoutes } from '#server/features/queries/saved-query-routes.ts';
import { runRoutes } from '#server/features/runs/run-routes.ts';
import { waitRoutes } from '#server/features/runs/wait-routes.ts';
import { speechRoutes } from '#server/features/speech/speech-routes.ts';
import { toolRoutes } from '#server/features/tools/tool-routes.ts';
import { hookRoutes } from '#server/features/triggers/hook-routes.ts';
import { callbackRoutes } from '#server/features/triggers/callback-routes.ts';
import { triggerHistoryRoutes } from '#server/features/triggers/trigger-history-routes.ts';
import { promptRoutes } from '#server/features/toolsets/prompt-routes.ts';
import { toolsetRoutes } from '#server/features/toolsets/toolset-routes.ts';
import { triggerRoutes } from '#server/features/triggers/trigger-routes.ts';
import { budgetRoutes } from '#server/features/usage/budget-routes.ts';
import { usageRoutes } from '#server/features/usage/usage-routes.ts';
import { audit } from '#server/http/audit.ts';
import { authentication } from '#server/http/authentication.ts';
import { type ConnectionLimits, connections, toConnectionLimits, toServerOptions } from '#server/http/connections.ts';
import { embedPage } from '#server/http/embed-page.ts';
import { errorHandler, sendFailure, toUnreadable } from '#server/http/error-handler.ts';
import { eventStream } from '#server/http/event-stream.ts';
import { healthRoutes } from '#server/http/health.ts';
import { jsonBody } from '#server/http/json-body.ts';
import { metricsPlugin } from '#server/http/metrics.ts';
import { openapi } from '#server/http/openapi.ts';
import { pageSandbox } from '#server/http/page-sandbox.ts';
import { rateLimit, rateLimitActors, type RateLimits } from '#server/http/rate-limit.ts';
import { securityHeaders } from '#server/http/security-headers.ts';
import { toFailure } from '#server/http/to-failure.ts';
import { webAssets } from '#server/http/web-assets.ts';
import type { Services } from './compose.ts';

export type AppSettings = {
  services: Services;
  logger: FastifyBaseLogger | false;
  rateLimit: { enabled: boolean; limits?: Partial<RateLimits> };
  connections?: Partial<ConnectionLimits> | undefined;
  /** How many proxies stand in front of the hub. */
  trustedProxies: number;
  publicUrl?: string | undefined;
  version: string;
  /** The built page. */
  webFolder: string;
};

const largestBodyBytes = 4 * 1024 * 1024;

/** The hub's HTTP application: plugins that every route uses, then the features' routes, then the doors. */
export async function buildApp(settings: AppSettings): Promise<FastifyInstance> {
  const { services } = settings;
  const limits = toConnectionLimits(settings.connections);
  const app = Fastify({
    ...(settings.logger === false ? { logger: false as const } : { loggerInstance: settings.logger }),
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: (_address, hop) => hop < settings.trustedProxies,
    bodyLimit: largestBodyBytes,
    ...toServerOptions(limits),
    genReqId: () => v7(),
    frameworkErrors: (error, request, reply) => {
      const send = isOpenAIAddress(request.url) ? sendOpenAIFailure : sendFailure;
      void send(request, reply, toUnreadable(error));
    },
    routerOptions: { maxParamLength: 300 },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);

  await app.register(errorHandler);
  await app.register(jsonBody);
  await app.register(securityHeaders({ secure: settings.publicUrl?.startsWith('https:') === true }));
  await app.register(connections(limits));
  await app.register(eventStream(limits));
  await app.register(rateLimit(settings.rateLimit));
  await app.register(
    authentication({
      resolveSession: services.accounts.resolveSession,
      resolveKey: services.keys.resolveKey,
      publicUrl: settings.publicUrl,
    }),
  );
  await app.register(rateLimitActors(settings.rateLimit));
  await app.register(audit(services.audit));
  await app.register(openapi({ version: settings.version }));
  await app.register(metricsPlugin({ metrics: services.metrics }));

  await app.register(healthRoutes(services));
  await app.register(accountRoutes(services));
  await app.register(invitationRoutes(services));
  await app.register(passwordResetRoutes(services));
  await app.register(profileRoutes(services));
  await app.register(removalRoutes(services));
  await app.register(keyRoutes(services));
  await app.register(agentRoutes(services));
  await app.register(portraitRoutes(services));
  await app.register(guardRoutes(services));
  await app.register(embedRoutes(services));
  await app.register(visitRoutes(services));
  await app.register(evalRoutes(services));
  await app.register(proposalRoutes(services));
  await app.register(toolRoutes(services));
  await app.register(promptRoutes(services));
  await app.register(toolsetRoutes(services));
  await app.register(modelRoutes(services));
  await app.register(chainRoutes(services));
  await app.register(devnetRoutes(services));
  await app.register(analysisRoutes(services));
  await app.register(contractAuditRoutes(services));
  await app.register(speechRoutes(services));
  await app.register(runRoutes(services));
  await app.register(waitRoutes(services));
  await app.register(conversationRoutes(services));
  await app.register(folderRoutes(services));
  await app.register(newsRoutes(services));
  await app.register(shareRoutes(services));
  await app.register(sharedRoutes(services));
  await app.register(feedbackRoutes(services));
  await app.register(fileRoutes(services));
  await app.register(datasetRoutes(services));
  await app.register(indexRoutes(services));
  await app.register(savedQueryRoutes(services));
  await app.register(queryChartRoutes(services));
  await app.register(executionRoutes(services));
  await app.register(duneKeyRoutes(services));
  await app.register(dashboardRoutes(services));
  await app.register(dashboardResultRoutes(services));
  await app.register(memoryRoutes(services));
  await app.register(hubRoutes(services));
  await app.register(usageRoutes(services));
  await app.register(auditRoutes(services));
  await app.register(budgetRoutes(services));
  await app.register(triggerRoutes(services));
  await app.register(triggerHistoryRoutes(services));
  await app.register(callbackRoutes(services));
  await app.register(hookRoutes(services));
  await app.register(alertRoutes(services));
  await app.register(duneRoutes({ ...services, toFailure }));
  await app.register(
    openAIRoutes({
      runs: services.runs,
      listAgents: (actor) => services.agents.listForModels(actor),
      storeImage: (actor, { bytes, ...image }) => services.files.upload(actor, { ...image, content: bytes }),
      toFailure,
    }),
  );
  await app.register(pageSandbox());
  await app.register(
    webAssets({
      folder: settings.webFolder,
      resolveSession: services.accounts.resolveSession,
      drawView: services.views.draw,
    }),
  );
  await app.register(embedPage({ findSites: services.embeds.findSites, isBuilt: app.hasReplyDecorator('sendFile') }));
  return app;
}
