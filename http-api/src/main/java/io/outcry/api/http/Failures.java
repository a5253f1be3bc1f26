package io.outcry.api.http;

import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.api.problem.ProblemException;
import io.outcry.domain.market.MarketDataCache.CacheUnavailableException;
import io.outcry.domain.store.StoreUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever ended the handling of a request into its answer. */
public final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static void answer(Exchange exchange, String route, Throwable thrown) {
        String requestId = exchange.requestId();
        Problem problem = problem("request " + requestId + " (" + route + ")", thrown);
        if (exchange.answered()) {
            return;
        }
        try {
            exchange.answer(problem);
        } catch (IOException e) {
            LOG.debug("request {} ({}): its sender has gone", requestId, route, e);
        }
    }

    /**
     * What to answer; a defect of the server is logged.
     *
     * @param what ended that way, for the log
     */
    public static Problem problem(String what, Throwable thrown) {
        Throwable failure = unwrapped(thrown);
        Problem problem = problem(failure);
        if (problem.code() == ErrorCode.INTERNAL) {
            LOG.error("{} failed", what, failure);
        }
        return problem;
    }

    private static Throwable unwrapped(Throwable thrown) {
        boolean wrapper =
                thrown instanceof CompletionException || thrown instanceof UncheckedIOException;
        return wrapper && thrown.getCause() != null ? unwrapped(thrown.getCause()) : thrown;
    }

    private static Problem problem(Throwable failure) {
        if (failure instanceof ProblemException expected) {
            return expected.problem();
        }
        if (failure instanceof StoreUnavailableException) {
            return Problem.of(ErrorCode.DATABASE_UNAVAILABLE, "the database does not answer");
        }
        if (failure instanceof CacheUnavailableException) {
            return Problem.of(ErrorCode.MARKET_DATA_UNAVAILABLE, "no market data right now");
        }
        if (failure instanceof RejectedExecutionException) {
            return Problem.of(ErrorCode.OUTCOME_UNKNOWN, "the server is too busy to answer");
        }
        if (failure instanceof HttpException http) {
            return Problem.of(JettyErrors.code(http.getCode()), "the request is not valid HTTP");
        }
        if (failure instanceof IOException) {
            return failure.getCause() instanceof TimeoutException
                    ? Problem.of(ErrorCode.REQUEST_TIMEOUT, "the request did not arrive in time")
                    : Problem.of(ErrorCode.MALFORMED_REQUEST, "the request ended early");
        }
        return Problem.of(ErrorCode.INTERNAL, "the server failed; its log names this request");
    }
}
