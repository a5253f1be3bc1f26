package io.outcry.standalone;

import io.outcry.standalone.server.BuiltPrograms;
import io.outcry.standalone.server.ClassArchiving;
import io.outcry.standalone.server.OperatorSettings;
import io.outcry.standalone.server.ReplicaStart;
import io.outcry.testing.FreePorts;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A venue's settings with real servers, but small programs where the engine and the API belong. */
final class StandIns {
    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final String ENGINE =
            """
            #!/bin/sh
            echo "$@" >> "$OUTCRY_ENGINE_DATA.arguments"
            mkdir -p "$OUTCRY_ENGINE_DATA" && touch "$OUTCRY_ENGINE_DATA/journal"
            exec perl -MIO::Socket::INET -e '
              my $listener = IO::Socket::INET->new(LocalAddr => $ENV{OUTCRY_ENGINE_LISTEN}, Listen => 5, ReuseAddr => 1)
                or die "cannot listen: $!\\n";
              while (my $client = $listener->accept) { close $client }'
            """;

    private StandIns() {}

    /**
     * Settings for a venue below the directory, on ports that were free.
     *
     * @param data the venue's data directory
     */
    static VenueSettings settings(Path directory, Path data, int replicas) throws IOException {
        return new VenueSettings(
                data,
                new BuiltPrograms(engine(directory), api(directory)),
                new ReplicaStart(Duration.ZERO, ClassArchiving.NEVER),
                Optional.of(NGINX),
                replicas,
                freePorts(replicas),
                Optional.empty(),
                Optional.empty(),
                OperatorSettings.in(Map.of("OUTCRY_CORS_ORIGINS", "https://example.org")));
    }

    private static Path engine(Path directory) throws IOException {
        Path script = directory.resolve("engine");
        Files.writeString(script, ENGINE);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script;
    }

    private static Path api(Path directory) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StandInApi.class.getName());
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, testClasses());
        Path jar = directory.resolve("api.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }

    private static String testClasses() {
        try {
            return StandInApi.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI()
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Ports freePorts(int replicas) {
        return new Ports(
                FreePorts.one(),
                FreePorts.several(replicas),
                FreePorts.one(),
                FreePorts.one(),
                FreePorts.one());
    }
}
