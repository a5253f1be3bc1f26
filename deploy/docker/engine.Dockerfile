# The matching engine: one program on Debian's C library. Built from the checkout's root:
#   docker build -f deploy/docker/engine.Dockerfile -t outcry/engine .
# ARTIFACTS=prebuilt takes engine-cpp/target/outcry-engine as Maven has built it on Debian 12, instead of building it.
ARG ARTIFACTS=compiled
ARG BASE=debian:12.12-slim

FROM ${BASE} AS compiled
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      binutils cmake ninja-build g++ libgrpc++-dev libgrpc-dev protobuf-compiler protobuf-compiler-grpc libprotobuf-dev \
      libabsl-dev libre2-dev libc-ares-dev zlib1g-dev libssl-dev libxxhash-dev libgtest-dev >/dev/null
WORKDIR /src
COPY engine-client/src/main/proto engine-client/src/main/proto
COPY deploy/docker/debian-sbom deploy/docker/
COPY engine-cpp engine-cpp
RUN cd engine-cpp \
 && cmake --preset release >/dev/null \
 && cmake --build --preset release --target outcry-engine \
 && mkdir -p /artifacts \
 && strip -o /artifacts/outcry-engine target/outcry-engine
RUN sh deploy/docker/debian-sbom outcry-engine >/artifacts/outcry-engine.cdx.json

FROM scratch AS prebuilt
COPY engine-cpp/target/outcry-engine engine-cpp/target/outcry-engine.cdx.json /artifacts/

FROM ${ARTIFACTS} AS artifacts

FROM ${BASE} AS directories
RUN mkdir -p /data/journal

FROM ${BASE}
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Outcry engine" \
      org.opencontainers.image.description="Matching engine with a synced journal, behind gRPC" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="debian:12.12-slim"
COPY --from=artifacts /artifacts/outcry-engine /usr/local/bin/outcry-engine
COPY --from=artifacts /artifacts/outcry-engine.cdx.json /usr/share/sbom/
# A new volume takes its owner from here. None is declared: a cluster would put one of the container's own over the journal's, which
# is mounted one level higher there.
COPY --from=directories --chown=10001:10001 /data /var/lib/outcry
ENV OUTCRY_ENGINE_DATA=/var/lib/outcry/journal \
    OUTCRY_ENGINE_LISTEN=0.0.0.0:50051 \
    OUTCRY_ENGINE_METRICS=0.0.0.0:9464
USER 10001:10001
EXPOSE 50051 9464
STOPSIGNAL SIGTERM
# The port opens when recovery is complete, which 5 minutes are left for.
HEALTHCHECK --interval=2s --timeout=3s --start-period=5m --retries=5 CMD ["/usr/local/bin/outcry-engine", "health"]
ENTRYPOINT ["/usr/local/bin/outcry-engine"]
CMD ["serve"]
