package io.outcry.standalone.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Programs that are packed into this program's own jar, unpacked at the first start. */
public final class BundledPrograms implements ProgramSource {
    private static final String RESOURCE = "/programs.zip";
    private static final String ENGINE = "outcry-engine";
    private static final String API = "outcry-api.jar";

    @Override
    public List<String> problems() {
        return BundledPrograms.class.getResource(RESOURCE) == null
                ? List.of("this jar carries no programs: name a checkout with --home")
                : List.of();
    }

    @Override
    public Programs programs(Path cache, UnpackListener listener) throws IOException {
        Path home =
                new ResourceCache(cache, listener)
                        .unpacked("programs", RESOURCE, BundledPrograms::unpackArchive);
        return new Programs(home.resolve(ENGINE), home.resolve(API));
    }

    private static void unpackArchive(InputStream resource, Path into) throws IOException {
        ZipInputStream zip = new ZipInputStream(resource);
        ZipEntry entry;
        while ((entry = zip.getNextEntry()) != null) {
            Path target = into.resolve(entry.getName()).normalize();
            if (!target.startsWith(into)) {
                throw new IOException("archive entry leaves its directory: " + entry.getName());
            }
            if (!entry.isDirectory()) {
                Files.createDirectories(target.resolveSibling("."));
                Files.copy(zip, target);
            }
        }
        // The archive's entries have no permissions.
        Files.setPosixFilePermissions(
                into.resolve(ENGINE), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
