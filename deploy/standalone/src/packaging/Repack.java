import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.tukaani.xz.XZInputStream;

/**
 * Run by the build: takes PostgreSQL's archive out of its library and undoes its compression. The
 * jar that it goes into compresses it in a way that is undone several times faster.
 */
final class Repack {
    private Repack() {}

    public static void main(String[] args) throws IOException {
        try (InputStream archive =
                new XZInputStream(Repack.class.getResourceAsStream("/postgres-linux-x86_64.txz"))) {
            Files.copy(archive, Path.of(args[0]), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
