package io.outcry.load.http;

/** Hears what became of a request. Called on the loop's thread, never from within {@code send}. */
public interface AnswerHandler {
    /** The answer was read in full. It is valid until this method returns. */
    void answered(Answer answer);

    /** There is no complete answer, and there will be none. */
    void failed(Failure failure);
}
