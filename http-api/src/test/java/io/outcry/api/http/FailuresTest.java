package io.outcry.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.api.problem.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private static ErrorCode code(Throwable failure) {
        return Failures.problem("a test", failure).code();
    }

    @Test
    void aBodyOfWhichTheRestDoesNotComeIsToldToBeLate() {
        IOException late = new IOException(new TimeoutException("nothing came for long"));

        assertThat(code(late)).isEqualTo(ErrorCode.REQUEST_TIMEOUT);
        assertThat(code(new CompletionException(new UncheckedIOException(late))))
                .isEqualTo(ErrorCode.REQUEST_TIMEOUT);
    }

    @Test
    void aBodyThatIsCutOffIsMalformed() {
        assertThat(code(new IOException("the end"))).isEqualTo(ErrorCode.MALFORMED_REQUEST);
    }
}
