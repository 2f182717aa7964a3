# One image for the web process and the workers; see docs/scale-out.md.

FROM node:22-bookworm-slim AS build
WORKDIR /srv/multiplane
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build
ENV MULTIPLANE_WEIGHTS_DIR=/srv/weights
RUN npm run -s multiplane -- models download --embedded
RUN npm prune --omit=dev --no-audit --no-fund

FROM node:22-bookworm-slim
ENV NODE_ENV=production \
    NEXT_TELEMETRY_DISABLED=1 \
    MULTIPLANE_DATA_DIR=/var/lib/multiplane \
    MULTIPLANE_WEIGHTS_DIR=/srv/weights
COPY --from=build /srv /srv
RUN install --directory --owner node --mode 700 /var/lib/multiplane
USER node
WORKDIR /srv/multiplane
VOLUME /var/lib/multiplane
EXPOSE 3000
# Not by npm, which keeps the signal to stop for itself. A worker is started by: node --import tsx worker/index.ts
CMD ["node_modules/.bin/next", "start"]
