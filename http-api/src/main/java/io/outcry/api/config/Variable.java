package io.outcry.api.config;

/** A variable of the environment that the server heeds. */
enum Variable {
    DATABASE_URL("jdbc:postgresql://127.0.0.1:5432/outcry", "JDBC address of PostgreSQL"),
    DATABASE_USER("outcry", "its user"),
    DATABASE_PASSWORD("", "its password (secret)"),
    DATABASE_OWNER_USER("", "who owns and alters the schema (default: that user)"),
    DATABASE_OWNER_PASSWORD("", "its password (secret)"),
    REDIS_URL("redis://127.0.0.1:6379", "address of Redis (secret, since it may hold a password)"),
    REDIS_CA_FILE("", "certificates in PEM that sign Redis's, for rediss (default: Java's)"),
    OUTCRY_MARKET_DATA_INTERVAL_MS("20", "how often changes of market data are told"),
    ENGINE_TARGET("127.0.0.1:50051", "host:port of the engine"),
    ENGINE_CA_FILE(
            "", "certificates in PEM that sign the engine's, for mutual TLS (default: no TLS)"),
    ENGINE_CERTIFICATE_FILE("", "what this replica shows the engine then, PEM"),
    ENGINE_KEY_FILE("", "its private key, PKCS#8 PEM"),
    OUTCRY_PROFILE("paper", "paper: play money for everyone; production: real limits"),
    OUTCRY_HTTP_HOST("127.0.0.1", "address to listen on"),
    OUTCRY_HTTP_PORT("8000", "port to listen on"),
    OUTCRY_PROBE_PORT("0", "port of 127.0.0.1 to listen on until it is ready; 0: any free one"),
    OUTCRY_HTTP_THREADS("200", "most requests handled at once"),
    OUTCRY_HTTP_CONNECTIONS(
            "16384", "most connections at once, WebSockets among them; more wait until one ends"),
    OUTCRY_HTTP_BODY_BYTES("16384", "largest request body"),
    OUTCRY_ADMIN_HOST("127.0.0.1", "address to listen on for administrators"),
    OUTCRY_ADMIN_PORT("off", "port to listen on for administrators; off: no such routes"),
    OUTCRY_CORS_ORIGINS("", "origins whose pages may call, with commas; empty: none"),
    OUTCRY_LOG_FORMAT("text", "text, or json: one object a line"),
    OUTCRY_REPLICA_ID("", "this replica's name in /health (default: host name and port)"),
    OUTCRY_TOKEN_KEY(
            "", "EC P-256 private key, PKCS#8 PEM, that signs access tokens (secret, required)"),
    OUTCRY_SEALING_KEY(
            "",
            "such a key that seals second factors and HMAC keys (secret; default: the token key)"),
    OUTCRY_TOKEN_LIFETIME_S("", "how long an access token lasts (paper 43200, production 600)"),
    OUTCRY_SESSION_IDLE_S(
            "", "how long a session lasts without being renewed (paper 86400, production 1800)"),
    OUTCRY_SESSION_S("", "how long it lasts at most (paper 604800, production 43200)"),
    OUTCRY_TRUSTED_PROXIES(
            "127.0.0.0/8,::1,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7",
            "addresses of proxies whose X-Real-IP is believed"),
    OUTCRY_LIMIT_ORDERS("", "orders of an account (paper off, production 50/s:100)"),
    OUTCRY_LIMIT_CANCELS("", "cancels of an account (paper off, production 100/s:200)"),
    OUTCRY_LIMIT_READS("", "other requests of an account (paper off, production 50/s:100)"),
    OUTCRY_LIMIT_PUBLIC(
            "",
            "requests of an address for what is open, and as many tokens and signatures of it that"
                    + " are not good (paper off, production 20/s:40)"),
    OUTCRY_LIMIT_SIGN_INS("", "sign-ins of an address (paper off, production 10/min:10)"),
    OUTCRY_LIMIT_REGISTRATIONS("", "registrations of an address (paper off, production 3/h:3)"),
    OUTCRY_LIMIT_TIERS(
            "",
            "what orders, cancels and reads of other tiers may do, such as pro orders=200/s:400"
                    + " cancels=off; maker orders=off (default: all accounts are alike)"),
    OUTCRY_SOCKETS_PER_ACCOUNT("5", "most WebSockets of an account on each replica"),
    OUTCRY_SOCKET_AGE_S(
            "86400", "after which a WebSocket is ended, so that its client connects anew"),
    OUTCRY_REPLICAS("2", "replicas that share each limit while Redis is away"),
    OUTCRY_HASH_THREADS(
            "",
            "passwords hashed at once, 19 MiB each, in each of three lines (default:"
                    + " half the processors, as far as a quarter of the heap has room)"),
    OUTCRY_HASH_QUEUE("", "how many in each line may wait for that (paper 128, production 16)"),
    OUTCRY_HASH_WAIT_MS(
            "", "longest wait for that before it is given up (paper 25000, production 3000)"),
    OUTCRY_SIGN_IN_SHARE(
            "5",
            "per cent of the processors that sign-ins may take in the long run, half of it kept"
                    + " for users at addresses that they have signed in from"),
    OUTCRY_REGISTRATION_SHARE("25", "likewise for registrations"),
    OUTCRY_PAPER_CASH("1000000", "cash of a new account, paper only"),
    OUTCRY_PAPER_CURRENCY("USD", "its currency, and that of summaries"),
    OUTCRY_PAPER_SHORT_LIMIT(
            "1000000000", "how far below 0 its positions may go, in quantity units, paper only"),
    OUTCRY_INSTRUMENTS_FILE("", "instruments to define if absent (default: a built-in list)"),
    OUTCRY_ENGINE_DEADLINE_MS("2000", "how long an answer of the engine may take"),
    OUTCRY_ENGINE_SEND_INTERVAL_MS(
            "2", "how long commands gather into one message while others are under way; 0: not"),
    OUTCRY_READ_WAIT_MS("2500", "how long a read waits for the projection to show own writes"),
    OUTCRY_HISTORY_DAYS("0", "days of history to keep in PostgreSQL; 0: all of it"),
    OUTCRY_HISTORY_SEGMENT_EVENTS(
            "100000000",
            "events in each partition of history, which is dropped as a whole; what is kept should be"
                    + " some tens of them at most"),
    OUTCRY_WARM_UP_MS("4000", "longest that it tries orders on itself before it is ready; 0: not"),
    OUTCRY_DRAIN_DELAY_MS("", "from not ready to no new connections (paper 500, production 5000)"),
    OUTCRY_DRAIN_TIMEOUT_MS("15000", "how long open connections may then take to end");

    private final String defaultText;
    private final String meaning;

    Variable(String defaultText, String meaning) {
        this.defaultText = defaultText;
        this.meaning = meaning;
    }

    /** What it is when it is not set; empty: see its meaning. */
    String defaultText() {
        return defaultText;
    }

    String meaning() {
        return meaning;
    }

    boolean secret() {
        return switch (this) {
            case DATABASE_PASSWORD,
                    DATABASE_OWNER_PASSWORD,
                    REDIS_URL,
                    OUTCRY_TOKEN_KEY,
                    OUTCRY_SEALING_KEY ->
                    true;
            default -> false;
        };
    }

    /** Name of the variable that names a file with the secret. */
    String fileName() {
        return name() + "_FILE";
    }
}
