# The bot as an image: `docker compose up` uses it; docs/deploy.md explains it. Built in two steps, so that what
# runs holds no compiler. Debian, not Alpine: the PostgreSQL that comes with the packages needs glibc.

FROM node:22-bookworm-slim AS built
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
# The last command makes the links that PostgreSQL's own install script would.
RUN npm run build && npm prune --omit=dev --ignore-scripts \
  && node -e "import('./dist/prisma/embedded-programs.js').then((programs) => programs.findBinaries())"

FROM node:22-bookworm-slim
ENV NODE_ENV=production WEB_HOST=0.0.0.0 DATA_DIR=/data
WORKDIR /app
COPY --from=built /app/package.json ./
COPY --from=built /app/node_modules ./node_modules
COPY --from=built /app/dist ./dist
COPY --from=built /app/prisma ./prisma
COPY --from=built /app/adapters/console/web ./adapters/console/web
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+(process.env.WEB_PORT||3000)+'/healthz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
# SIGTERM lets running work finish, for at most ten seconds.
STOPSIGNAL SIGTERM
CMD ["node", "dist/main.js"]
