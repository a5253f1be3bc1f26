package io.outcry.standalone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.outcry.standalone.process.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir private Path temporary;

    @Test
    void refusesADirectoryWithOtherThingsInIt() throws IOException {
        Files.createFile(temporary.resolve("thesis.txt"));
        assertThatThrownBy(() -> DataDirectory.open(temporary))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("is not a venue's data directory");
        assertThat(temporary).isDirectoryContaining("glob:**thesis.txt");
    }

    @Test
    void oneVenueAtATime() throws IOException {
        Path path = temporary.resolve("data");
        DataDirectory first = DataDirectory.open(path);
        assertThatThrownBy(() -> DataDirectory.open(path)).hasMessageContaining("already running");
        first.close();
        DataDirectory.open(path).close();
    }

    @Test
    void wipeLeavesTheUnpackedServersAlone() throws IOException {
        try (DataDirectory data = DataDirectory.open(temporary.resolve("data"))) {
            Files.createFile(data.cache().resolve("server"));
            Files.createDirectories(data.postgres().resolve("base"));
            Files.createFile(data.secrets().resolve("password"));
            data.markInitialized();
            data.wipe();
            assertThat(data.isInitialized()).isFalse();
            assertThat(data.postgres()).doesNotExist();
            assertThat(data.secrets()).isEmptyDirectory();
            assertThat(data.cache().resolve("server")).exists();
        }
        assertThat(DataDirectory.exists(temporary.resolve("data"))).isTrue();
    }
}
