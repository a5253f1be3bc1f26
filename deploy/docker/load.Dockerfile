# The load generator. Built from the checkout's root:
#   docker build -f deploy/docker/load.Dockerfile -t outcry/load .
ARG ARTIFACTS=compiled
ARG JRE=eclipse-temurin:25.0.3_9-jre-noble

FROM maven:3.9.11-eclipse-temurin-25 AS compiled
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2/repository \
    --mount=type=secret,id=maven_settings,target=/root/.m2/settings.xml \
    --mount=type=secret,id=trust_store,target=/run/trust_store \
    if [ -s /run/trust_store ]; then export MAVEN_OPTS=-Djavax.net.ssl.trustStore=/run/trust_store; fi; \
    mvn -B -q -pl deploy/load-test -am -DskipTests -Dmaven.test.skip -Dspotless.check.skip -Dmaven.javadoc.skip package \
 && mkdir /artifacts \
 && cp -r deploy/load-test/target/outcry-load.jar deploy/load-test/target/outcry-load.cdx.json deploy/load-test/target/lib \
      /artifacts/

FROM scratch AS prebuilt
COPY deploy/load-test/target/outcry-load.jar deploy/load-test/target/outcry-load.cdx.json /artifacts/
COPY deploy/load-test/target/lib /artifacts/lib

FROM ${ARTIFACTS} AS artifacts

FROM ${JRE}
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Outcry load generator" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="eclipse-temurin:25.0.3_9-jre-noble"
WORKDIR /app
COPY --from=artifacts /artifacts/ ./
RUN mkdir -p /usr/share/sbom /results && mv outcry-load.cdx.json /usr/share/sbom/ && chown 10001:10001 /results
USER 10001:10001
VOLUME /results
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-Xmx512m", "-jar", "outcry-load.jar"]
