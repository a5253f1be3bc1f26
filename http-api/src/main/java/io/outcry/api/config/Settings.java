package io.outcry.api.config;

import io.outcry.api.auth.AccountOpening;
import io.outcry.api.auth.CredentialWork;
import io.outcry.api.auth.SessionLifetimes;
import io.outcry.api.auth.TokenKey;
import io.outcry.api.http.ClientAddress;
import io.outcry.api.http.HttpSettings;
import io.outcry.api.limit.LimitTiers;
import io.outcry.api.ws.SocketLimits;
import io.outcry.domain.instrument.Instrument;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Everything that the environment decides. */
public record Settings(
        Profile profile,
        String replicaId,
        Database database,
        RedisAddress redis,
        EngineAddress engine,
        HttpSettings http,
        Optional<HttpSettings> admin,
        Tokens tokens,
        SessionLifetimes sessions,
        ClientAddress clients,
        LimitTiers limits,
        SocketLimits sockets,
        int replicas,
        CredentialWork.Settings credentials,
        AccountOpening.Terms accounts,
        List<Instrument> instruments,
        Duration readWait,
        Duration warmUp) {

    /** Where PostgreSQL is, and what it keeps. */
    public record Database(
            String url, String user, String password, SchemaOwner owner, History history) {
        @Override
        public String toString() {
            return "Database[" + url + ", " + user + "]";
        }
    }

    /** How long history is kept, 0: for ever; and how many events make a partition of it. */
    public record History(Duration retention, long segmentEvents) {}

    /** Who alters the schema; without a name the user does. */
    public record SchemaOwner(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }

    /**
     * Where Redis is, the file of the certificates to trust, which when empty are those that Java
     * trusts, and how often market data is told by it.
     */
    public record RedisAddress(URI uri, String authorities, Duration marketDataInterval) {
        @Override
        public String toString() {
            return "RedisAddress[" + uri.getHost() + "]";
        }
    }

    /**
     * Where the engine is, how long its answers may take, for how long commands gather while some
     * are under way, and the files for TLS with it; empty: none.
     */
    public record EngineAddress(
            String target,
            Duration deadline,
            Duration sendInterval,
            Optional<CertificateFiles> certificates) {}

    /** Files in PEM: whom to trust, what to show, and its key. */
    public record CertificateFiles(Path authority, Path certificate, Path key) {}

    /**
     * How access tokens are signed, and how long they last.
     *
     * @param sealingKey seals secrets that are kept in the database
     */
    public record Tokens(TokenKey key, TokenKey sealingKey, Duration lifetime) {}

    public Settings {
        instruments = List.copyOf(instruments);
    }

    /** Never the addresses, which may hold passwords. */
    @Override
    public String toString() {
        return "Settings[" + profile + ", " + replicaId + "]";
    }
}
