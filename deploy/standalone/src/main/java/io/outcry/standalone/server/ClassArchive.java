package io.outcry.standalone.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The classes that a replica has loaded, checked and linked once it listens, kept as a file by the
 * virtual machine (JEP 350). A replica that starts from it does none of that again, and its
 * compilers do not spend their first seconds on the code that does it. A file fits one virtual
 * machine and one build of the API, which its name tells; the machine checks both, too, and does
 * without the file when they differ. Immutable.
 */
public final class ClassArchive {
    private static final String PREFIX = "api-classes-";
    private static final String SUFFIX = ".jsa";

    private final Path directory;
    private final Path file;
    private final Path unfinished;

    private ClassArchive(Path directory, String name) {
        this.directory = directory;
        this.file = directory.resolve(name + SUFFIX);
        this.unfinished = directory.resolve(name + ".unfinished");
    }

    /**
     * The one for that build of the API and the Java that runs us.
     *
     * @param directory where archives are kept
     */
    public static ClassArchive of(Path directory, Path jar) throws IOException {
        List<String> build = new ArrayList<>();
        build.add(System.getProperty("java.vm.vendor") + System.getProperty("java.vm.version"));
        build.add(describe(jar));
        Path libraries = jar.resolveSibling("lib");
        if (Files.isDirectory(libraries)) {
            try (Stream<Path> jars = Files.list(libraries)) {
                for (Path library : jars.sorted().toList()) {
                    build.add(describe(library));
                }
            }
        }
        byte[] text = String.join("\n", build).getBytes(StandardCharsets.UTF_8);
        return new ClassArchive(directory, PREFIX + UUID.nameUUIDFromBytes(text));
    }

    private static String describe(Path jar) throws IOException {
        return jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar);
    }

    public boolean exists() {
        return Files.exists(file);
    }

    /** Lets a virtual machine start from the archive, if there is one. */
    List<String> use() {
        return exists()
                ? List.of("-XX:SharedArchiveFile=" + file, "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
                : List.of();
    }

    /** Lets a virtual machine write the archive when it ends in good order. */
    List<String> record() {
        return List.of(
                "-XX:ArchiveClassesAtExit=" + unfinished, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
    }

    /**
     * Takes what was recorded as the archive, in place of those of other builds, if anything was: a
     * machine that cannot write one starts its replicas without.
     *
     * @return whether there is an archive now
     */
    public boolean keep() throws IOException {
        if (Files.exists(unfinished)) {
            for (Path old : others()) {
                Files.delete(old);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return exists();
    }

    private List<Path> others() throws IOException {
        try (DirectoryStream<Path> archives =
                Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
            List<Path> others = new ArrayList<>();
            archives.forEach(others::add);
            return others;
        }
    }
}
