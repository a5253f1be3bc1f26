package io.outcry.standalone.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs servers without root's rights when we have them: as the user {@code nobody}, who owns only
 * what is given to it. For an ordinary user nothing changes. Immutable.
 */
public final class Unprivileged {
    private static final String USER = "nobody";

    private final List<String> prefix;
    private final boolean root;

    private Unprivileged(List<String> prefix, boolean root) {
        this.prefix = prefix;
        this.root = root;
    }

    /** For servers whose files are in this directory. */
    public static Unprivileged in(Path directory) throws IOException {
        boolean root =
                Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        if (!root) {
            return new Unprivileged(List.of(), false);
        }
        List<String> prefix = new ArrayList<>(List.of("setpriv"));
        if (!othersMayEnter(directory)) {
            // Below a private directory, such as root's home, the user could not even reach its own
            // files: it keeps the one
            // right to search directories and read. The bit makes access(2) honour it, which
            // PostgreSQL asks.
            prefix.addAll(
                    List.of(
                            "--securebits=+no_setuid_fixup",
                            "--inh-caps=-all,+dac_read_search",
                            "--ambient-caps=-all,+dac_read_search"));
        }
        prefix.addAll(
                List.of("--reuid=" + USER, "--regid=nogroup", "--clear-groups", "--no-new-privs"));
        return new Unprivileged(List.copyOf(prefix), true);
    }

    /** The command that runs {@code command} without rights. */
    List<String> command(List<String> command) {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return whole;
    }

    /** Gives a file or directory, not what is in it, to the user that the commands run as. */
    void own(Path path) throws IOException {
        if (root) {
            UserPrincipal user =
                    path.getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName(USER);
            Files.setOwner(path, user);
        }
    }

    private static boolean othersMayEnter(Path directory) throws IOException {
        for (Path each = directory.toAbsolutePath(); each != null; each = each.getParent()) {
            if (!Files.getPosixFilePermissions(each).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return false;
            }
        }
        return true;
    }
}
