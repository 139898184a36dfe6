FROM node:24-slim AS build
WORKDIR /atrium
COPY package.json package-lock.json .npmrc ./
COPY server/start server/start
RUN npm ci
COPY . .
RUN node server/start/prepare.mjs && npm prune --omit=dev && rm -rf node_modules/.cache

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 HUB_DATA_DIR=/data
WORKDIR /atrium
RUN mkdir /data && chown node:node /data
COPY --from=build /atrium/package.json ./
COPY --from=build /atrium/server/start server/start
COPY --from=build /atrium/node_modules node_modules
COPY --from=build /atrium/prisma/migrations prisma/migrations
COPY --from=build /atrium/agents agents
COPY --from=build /atrium/dist dist
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=8", "server/start/launch.mjs", "main"]
