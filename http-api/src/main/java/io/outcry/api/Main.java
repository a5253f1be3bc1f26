package io.outcry.api;

import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.outcry.api.config.InvalidSettingsException;
import io.outcry.api.config.Settings;
import io.outcry.api.config.SettingsParser;
import java.security.Security;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the server as the environment says, until the process is told to stop. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final int WRONG_USE = 2;
    private static final int FAILED = 1;

    /** Seconds that a name's address is remembered; the virtual machine's 30 outlast a new pod. */
    private static final String ADDRESS_TTL = "2";

    private Main() {}

    public static void main(String[] arguments) {
        List<String> options = List.of(arguments);
        if (options.equals(List.of("--help"))) {
            System.out.print(help());
            return;
        }
        boolean migrate = options.equals(List.of(MigrateCommand.NAME));
        boolean command = options.size() == 1 && ProjectionCommand.NAMES.contains(options.get(0));
        boolean ofUser = options.size() == 2 && UserCommand.NAMES.contains(options.get(0));
        if (!options.isEmpty() && !migrate && !command && !ofUser) {
            System.err.println("these arguments are not known, see --help: " + options);
            System.exit(WRONG_USE);
        }
        forgetAddressesSoon();
        try {
            Settings settings = SettingsParser.parse(System.getenv());
            if (migrate) {
                System.exit(new MigrateCommand(settings, System.out).run());
            }
            if (ofUser) {
                UserCommand users = new UserCommand(settings, System.out, Clock.systemUTC());
                System.exit(users.run(options.get(0), options.get(1)));
            }
            if (command) {
                System.exit(new ProjectionCommand(settings, System.out).run(options.get(0)));
            }
            run(settings);
        } catch (InvalidSettingsException e) {
            System.err.println(e.getMessage());
            System.exit(WRONG_USE);
        } catch (InterruptedException | RuntimeException e) {
            LOG.error("the server cannot start: {}", e.getMessage());
            LOG.debug("its stack", e);
            System.exit(FAILED);
        }
    }

    /** Before any is looked up: an engine or database that moved is found where it is now. */
    private static void forgetAddressesSoon() {
        Security.setProperty("networkaddress.cache.ttl", ADDRESS_TTL);
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
    }

    private static String help() {
        return String.join(
                System.lineSeparator(),
                "java -jar outcry-api.jar [--help | migrate | check | rebuild | grant-admin NAME",
                "                          | revoke-admin NAME | remove-second-factor NAME]",
                "",
                "Serves the HTTP API, once the database's schema is up to date. With migrate it sees",
                "to the schema alone, and waits for a database that does not answer. With check it",
                "compares PostgreSQL, table by table, with what the engine's events make, by checksums,",
                "and changes nothing. With rebuild it empties the projection, waits until it is built",
                "anew from the first event, and says how long that took; users stay. With grant-admin",
                "or revoke-admin it lets a user administer the venue, or no more; with",
                "remove-second-factor it lets one sign in with the password alone. All may be run",
                "beside replicas.",
                "",
                "Configuration is the environment's alone:",
                "",
                SettingsParser.help());
    }

    private static void run(Settings settings) throws InterruptedException {
        PrometheusMeterRegistry registry = registry();
        Adapters adapters = Adapters.open(settings, registry);
        ApiServer server =
                new ApiServer(
                        settings,
                        adapters.dependencies(),
                        adapters.firstSteps(),
                        registry,
                        Clock.systemUTC(),
                        System::nanoTime);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> stop(server, adapters, settings), "shutdown"));
        server.listen();
        server.awaitStart();
        adapters.project(registry);
        server.warmUp();
    }

    private static PrometheusMeterRegistry registry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        return registry;
    }

    private static void stop(ApiServer server, Adapters adapters, Settings settings) {
        LOG.info("stopping");
        Watchdog.start(settings.http());
        try (adapters;
                server) {
            LOG.debug("the server is closed first, then what it depends on");
        } catch (RuntimeException e) {
            LOG.error("stopping failed", e);
        }
        LOG.info("stopped");
    }
}
