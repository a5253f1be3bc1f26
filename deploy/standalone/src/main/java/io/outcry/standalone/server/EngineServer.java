package io.outcry.standalone.server;

import io.outcry.standalone.data.DataDirectory;
import io.outcry.standalone.process.Component;
import io.outcry.standalone.process.Launch;
import io.outcry.standalone.process.Probes;
import io.outcry.standalone.process.Signal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The matching engine. It listens only when it has recovered, so that an accepted connection means
 * ready. Immutable.
 */
public final class EngineServer {
    /** A long journal is executed again before it serves. */
    public static final Duration READY_WITHIN = Duration.ofMinutes(10);

    /** Finds the engine's binary when it is to be started. */
    @FunctionalInterface
    public interface Binary {
        Path file() throws IOException;
    }

    private final DataDirectory data;
    private final Binary binary;
    private final InetSocketAddress address;
    private final Map<String, String> settings;

    /**
     * @param settings variables that it is given beside where its data is and where it listens
     */
    public EngineServer(
            DataDirectory data,
            Binary binary,
            InetSocketAddress address,
            Map<String, String> settings) {
        this.data = data;
        this.binary = binary;
        this.address = address;
        this.settings = Map.copyOf(settings);
    }

    public Component component() {
        return new Component(
                "engine",
                target(),
                this::next,
                Probes.tcp(address),
                data.logs().resolve("engine.log"),
                READY_WITHIN,
                Signal.TERM,
                Duration.ofSeconds(20));
    }

    /** What the replicas connect to. */
    public String target() {
        return address.getHostString() + ":" + address.getPort();
    }

    /**
     * A missing journal is begun only at the venue's very first start: later it means loss, and the
     * engine refuses.
     */
    private Launch next() throws IOException {
        List<String> command = new ArrayList<>(List.of(binary.file().toString(), "serve"));
        if (!data.isInitialized()
                && (!Files.exists(data.engine()) || DataDirectory.isEmpty(data.engine()))) {
            command.add("--init");
        }
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("OUTCRY_ENGINE_DATA", data.engine().toString());
        environment.put("OUTCRY_ENGINE_LISTEN", target());
        return new Launch(command, environment, data.run());
    }
}
