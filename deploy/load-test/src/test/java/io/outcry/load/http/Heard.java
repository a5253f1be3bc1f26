package io.outcry.load.http;

import org.jspecify.annotations.Nullable;

/** Keeps what a connection said. */
final class Heard implements AnswerHandler {
    int status;
    @Nullable String body;
    @Nullable Failure failure;

    @Override
    public void answered(Answer answer) {
        status = answer.status();
        body = answer.bodyText();
    }

    @Override
    public void failed(Failure failure) {
        this.failure = failure;
    }

    boolean anything() {
        return status != 0 || failure != null;
    }
}
