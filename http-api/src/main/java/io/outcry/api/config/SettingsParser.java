package io.outcry.api.config;

import static io.outcry.api.config.Variable.*;

import io.outcry.api.auth.AccountOpening;
import io.outcry.api.auth.CredentialWork;
import io.outcry.api.auth.SessionLifetimes;
import io.outcry.api.auth.TokenKey;
import io.outcry.api.http.AddressRange;
import io.outcry.api.http.ClientAddress;
import io.outcry.api.http.HttpSettings;
import io.outcry.api.limit.LimitClass;
import io.outcry.api.limit.LimitText;
import io.outcry.api.limit.LimitTiers;
import io.outcry.api.market.InstrumentFile;
import io.outcry.api.ws.SocketLimits;
import io.outcry.domain.access.RateLimiter.Limit;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.money.Scale;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the environment into settings. For one thread. */
public final class SettingsParser {
    private static final int ADMIN_THREADS = 8;
    private static final long HOUR_MS = 3_600_000;
    private static final int MOST_HASH_THREADS = 64;
    private static final long HASH_BYTES = 19L * 1024 * 1024;
    private static final Duration HASH_BURST = Duration.ofSeconds(3);
    private static final String BUILT_IN_INSTRUMENTS = "/default-instruments.csv";

    private final EnvironmentReader reader;
    private final Profile profile;

    private SettingsParser(EnvironmentReader reader, @Nullable Profile profile) {
        this.reader = reader;
        this.profile = profile == null ? Profile.PAPER : profile;
    }

    /**
     * Reads everything at once.
     *
     * @throws InvalidSettingsException with everything that is wrong
     */
    public static Settings parse(Map<String, String> environment) throws InvalidSettingsException {
        EnvironmentReader reader = new EnvironmentReader(environment);
        Profile profile =
                reader.parsed(
                        OUTCRY_PROFILE, text -> Profile.valueOf(text.toUpperCase(Locale.ROOT)));
        return new SettingsParser(reader, profile).parse();
    }

    /** The variables, with meanings and defaults. */
    public static String help() {
        StringBuilder help = new StringBuilder();
        for (Variable variable : Variable.values()) {
            help.append(String.format("  %-30s %s", variable.name(), variable.meaning()));
            if (!variable.defaultText().isEmpty()) {
                help.append(" [").append(variable.defaultText()).append(']');
            }
            help.append(System.lineSeparator());
        }
        return help.append("Secrets may be given as a file: NAME_FILE instead of NAME.")
                .append(System.lineSeparator())
                .toString();
    }

    private Settings parse() throws InvalidSettingsException {
        HttpSettings http = http();
        Optional<HttpSettings> admin = admin(http);
        String unused = reader.checked(OUTCRY_LOG_FORMAT, "text|json", "must be text or json");
        TokenKey key = reader.parsed(OUTCRY_TOKEN_KEY, TokenKey::parse);
        TokenKey sealingKey =
                reader.text(OUTCRY_SEALING_KEY).isEmpty()
                        ? key
                        : reader.parsed(OUTCRY_SEALING_KEY, TokenKey::parse);
        Duration tokenLifetime =
                Duration.ofSeconds(
                        reader.number(OUTCRY_TOKEN_LIFETIME_S, 1, 86_400, paper("43200", "600")));
        SessionLifetimes sessions = sessions();
        List<AddressRange> proxies = reader.parsed(OUTCRY_TRUSTED_PROXIES, AddressRange::parseAll);
        LimitTiers limits = limits();
        SocketLimits sockets = sockets();
        int replicas = (int) reader.number(OUTCRY_REPLICAS, 1, 10_000);
        AccountOpening.Terms accounts = accounts();
        ServerSettings servers = new ServerSettings(reader);
        Settings.Database database = servers.database();
        Settings.RedisAddress redis = servers.redis();
        Settings.EngineAddress engine = servers.engine();
        CredentialWork.Settings credentials = credentials();
        List<Instrument> instruments = instruments(accounts);
        Duration readWait = reader.millis(OUTCRY_READ_WAIT_MS, 0, 60_000);
        Duration warmUp = reader.millis(OUTCRY_WARM_UP_MS, 0, 60_000);
        reader.throwIfInvalid();
        return new Settings(
                profile,
                replicaId(http),
                database,
                redis,
                engine,
                http,
                admin,
                new Settings.Tokens(
                        Objects.requireNonNull(key),
                        Objects.requireNonNull(sealingKey),
                        tokenLifetime),
                sessions,
                new ClientAddress(proxies == null ? List.of() : proxies),
                limits,
                sockets,
                replicas,
                credentials,
                accounts,
                instruments,
                readWait,
                warmUp);
    }

    private LimitTiers limits() {
        Map<LimitClass, Limit> limits = new EnumMap<>(LimitClass.class);
        limit(limits, LimitClass.ORDERS, OUTCRY_LIMIT_ORDERS, "50/s:100");
        limit(limits, LimitClass.CANCELS, OUTCRY_LIMIT_CANCELS, "100/s:200");
        limit(limits, LimitClass.READS, OUTCRY_LIMIT_READS, "50/s:100");
        limit(limits, LimitClass.PUBLIC, OUTCRY_LIMIT_PUBLIC, "20/s:40");
        limit(limits, LimitClass.SIGN_INS, OUTCRY_LIMIT_SIGN_INS, "10/min:10");
        limit(limits, LimitClass.REGISTRATIONS, OUTCRY_LIMIT_REGISTRATIONS, "3/h:3");
        Limit open = limits.get(LimitClass.PUBLIC);
        if (open != null) {
            limits.put(
                    LimitClass.CREDENTIALS,
                    new Limit(
                            LimitClass.CREDENTIALS.name(),
                            open.permits(),
                            open.period(),
                            open.burst()));
        }
        LimitTiers standard = LimitTiers.standard(limits);
        try {
            return standard.and(reader.text(OUTCRY_LIMIT_TIERS));
        } catch (IllegalArgumentException e) {
            reader.reject(OUTCRY_LIMIT_TIERS, String.valueOf(e.getMessage()));
            return standard;
        }
    }

    private void limit(
            Map<LimitClass, Limit> limits,
            LimitClass limited,
            Variable variable,
            String production) {
        String text = reader.text(variable);
        try {
            Limit limit =
                    LimitText.parse(limited, text.isEmpty() ? paper("off", production) : text);
            if (limit != null) {
                limits.put(limited, limit);
            }
        } catch (IllegalArgumentException e) {
            reader.reject(variable, String.valueOf(e.getMessage()));
        }
    }

    private SocketLimits sockets() {
        return new SocketLimits(
                (int) reader.number(OUTCRY_SOCKETS_PER_ACCOUNT, 1, 10_000),
                Duration.ofSeconds(reader.number(OUTCRY_SOCKET_AGE_S, 1, 31_536_000)));
    }

    private SessionLifetimes sessions() {
        return new SessionLifetimes(
                Duration.ofSeconds(
                        reader.number(
                                OUTCRY_SESSION_IDLE_S, 1, 31_536_000, paper("86400", "1800"))),
                Duration.ofSeconds(
                        reader.number(OUTCRY_SESSION_S, 1, 31_536_000, paper("604800", "43200"))));
    }

    private HttpSettings http() {
        return new HttpSettings(
                reader.text(OUTCRY_HTTP_HOST),
                (int) reader.number(OUTCRY_HTTP_PORT, 0, 65_535),
                (int) reader.number(OUTCRY_PROBE_PORT, 0, 65_535),
                (int) reader.number(OUTCRY_HTTP_THREADS, 8, 10_000),
                (int) reader.number(OUTCRY_HTTP_CONNECTIONS, 16, 1_000_000),
                (int) reader.number(OUTCRY_HTTP_BODY_BYTES, 1024, 1_048_576),
                reader.millis(OUTCRY_DRAIN_DELAY_MS, 0, HOUR_MS, paper("500", "5000")),
                reader.millis(OUTCRY_DRAIN_TIMEOUT_MS, 1, HOUR_MS),
                origins());
    }

    private Set<String> origins() {
        String text =
                reader.checked(
                        OUTCRY_CORS_ORIGINS,
                        "|https?://[A-Za-z0-9.:\\[\\]-]+(,https?://[A-Za-z0-9.:\\[\\]-]+)*",
                        "must be such as https://app.example.com, with commas between them");
        return text.isEmpty() ? Set.of() : Set.of(text.split(",", -1));
    }

    /** The same server with an address of its own, which nobody has to be drained from. */
    private Optional<HttpSettings> admin(HttpSettings http) {
        if (reader.text(OUTCRY_ADMIN_PORT).equals("off")) {
            return Optional.empty();
        }
        return Optional.of(
                new HttpSettings(
                        reader.text(OUTCRY_ADMIN_HOST),
                        (int) reader.number(OUTCRY_ADMIN_PORT, 0, 65_535),
                        0,
                        ADMIN_THREADS,
                        http.maxConnections(),
                        http.maxBodyBytes(),
                        Duration.ZERO,
                        http.drainTimeout(),
                        Set.of()));
    }

    private CredentialWork.Settings credentials() {
        int processors = Runtime.getRuntime().availableProcessors();
        String threads = Integer.toString(hashThreads(processors));
        return new CredentialWork.Settings(
                (int) reader.number(OUTCRY_HASH_THREADS, 1, MOST_HASH_THREADS, threads),
                (int) reader.number(OUTCRY_HASH_QUEUE, 1, 10_000, paper("128", "16")),
                reader.millis(OUTCRY_HASH_WAIT_MS, 1, 60_000, paper("25000", "3000")),
                processors * reader.number(OUTCRY_SIGN_IN_SHARE, 1, 100) / 100.0,
                processors * reader.number(OUTCRY_REGISTRATION_SHARE, 1, 100) / 100.0,
                HASH_BURST);
    }

    /** In each of three lines: half of the processors, as far as a quarter of the heap has room. */
    private static int hashThreads(int processors) {
        long inHeap = Runtime.getRuntime().maxMemory() / 4 / HASH_BYTES / 3;
        return (int) Math.max(1, Math.min(processors / 2, Math.min(inHeap, MOST_HASH_THREADS)));
    }

    private AccountOpening.Terms accounts() {
        Currency currency = reader.parsed(OUTCRY_PAPER_CURRENCY, Currency::new);
        long shortLimit = reader.number(OUTCRY_PAPER_SHORT_LIMIT, 0, Long.MAX_VALUE);
        boolean paper = profile == Profile.PAPER;
        return new AccountOpening.Terms(
                currency == null ? new Currency("USD") : currency,
                paper ? reader.text(OUTCRY_PAPER_CASH) : "0",
                paper ? shortLimit : 0);
    }

    private List<Instrument> instruments(AccountOpening.Terms accounts) {
        List<Instrument> instruments =
                reader.text(OUTCRY_INSTRUMENTS_FILE).isEmpty()
                        ? InstrumentFile.parse(builtInInstruments())
                        : reader.parsed(OUTCRY_INSTRUMENTS_FILE, SettingsParser::instrumentsOf);
        if (instruments == null) {
            return List.of();
        }
        instruments.stream()
                .filter(instrument -> instrument.currency().equals(accounts.currency()))
                .findFirst()
                .ifPresentOrElse(
                        instrument -> checkCash(instrument.cashScale()),
                        () -> reader.reject(OUTCRY_PAPER_CURRENCY, "is not one that is traded in"));
        return instruments;
    }

    private void checkCash(Scale scale) {
        Long cash = reader.parsed(OUTCRY_PAPER_CASH, scale::parse);
        if (cash != null && cash < 0) {
            reader.reject(OUTCRY_PAPER_CASH, "must not be negative");
        }
    }

    private static List<Instrument> instrumentsOf(String file) {
        try {
            return InstrumentFile.parse(Files.readString(Path.of(file)));
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot be read: " + e.getMessage(), e);
        }
    }

    private static String builtInInstruments() {
        try (InputStream stream = SettingsParser.class.getResourceAsStream(BUILT_IN_INSTRUMENTS)) {
            return new String(
                    Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the built-in instruments cannot be read", e);
        }
    }

    /** Unique among the replicas of one venue unless two share both host name and port. */
    private String replicaId(HttpSettings http) {
        String given = reader.text(OUTCRY_REPLICA_ID);
        if (!given.isEmpty()) {
            return given;
        }
        return hostName() + ":" + http.port();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private String paper(String paper, String production) {
        return profile == Profile.PAPER ? paper : production;
    }
}
