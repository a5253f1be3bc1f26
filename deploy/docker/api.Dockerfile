# A replica of the HTTP API. Built from the checkout's root:
#   docker build -f deploy/docker/api.Dockerfile -t outcry/api .
# ARTIFACTS=prebuilt takes the jars as Maven has built them instead of building them.
ARG ARTIFACTS=compiled
ARG JRE=eclipse-temurin:25.0.3_9-jre-noble

FROM maven:3.9.11-eclipse-temurin-25 AS compiled
WORKDIR /src
COPY . .
# Two build secrets, both optional: Maven's settings, for networks with a mirror of Maven Central, and a Java trust store, for those
# whose proxy shows certificates of its own.
RUN --mount=type=cache,target=/root/.m2/repository \
    --mount=type=secret,id=maven_settings,target=/root/.m2/settings.xml \
    --mount=type=secret,id=trust_store,target=/run/trust_store \
    if [ -s /run/trust_store ]; then export MAVEN_OPTS=-Djavax.net.ssl.trustStore=/run/trust_store; fi; \
    mvn -B -q -pl http-api,deploy/container -am -DskipTests -Dmaven.test.skip -Dspotless.check.skip -Dmaven.javadoc.skip package \
 && mkdir /artifacts \
 && cp -r http-api/target/outcry-api.jar http-api/target/outcry-api.cdx.json http-api/target/lib \
      deploy/container/target/outcry-container.jar /artifacts/

FROM scratch AS prebuilt
COPY http-api/target/outcry-api.jar http-api/target/outcry-api.cdx.json deploy/container/target/outcry-container.jar /artifacts/
COPY http-api/target/lib /artifacts/lib

FROM ${ARTIFACTS} AS artifacts

FROM ${JRE}
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Outcry API" \
      org.opencontainers.image.description="HTTP API of the exchange: orders, accounts, market data" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="eclipse-temurin:25.0.3_9-jre-noble"
# For whoever looks in from inside a pod; nothing here needs them.
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends curl wget >/dev/null \
 && apt-get clean \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=artifacts /artifacts/ ./
COPY deploy/docker/jvm.options deploy/docker/train-api ./
# The secrets' volumes take their owner from here.
RUN mkdir -p /usr/share/sbom /secrets/database /secrets/redis /secrets/api \
 && mv outcry-api.cdx.json /usr/share/sbom/ \
 && chown -R 10001:10001 /secrets
RUN sh train-api && rm train-api
ENV OUTCRY_HTTP_HOST=0.0.0.0 OUTCRY_HTTP_PORT=8000
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=5s --start-period=2m --retries=3 \
  CMD ["java", "-Xmx16m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", "outcry-container.jar", \
       "io.outcry.container.Main", "health", "http://127.0.0.1:8000/health/ready"]
ENTRYPOINT ["java", "@jvm.options", "-XX:AOTCache=outcry-api.aot", "-jar", "outcry-api.jar"]
