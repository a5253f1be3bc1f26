package io.outcry.standalone.server;

/** When an archive of the API's classes is made, if there is none of this build. */
public enum ClassArchiving {
    NEVER,
    /** Before the first replica starts, by one that serves nobody. */
    BEFORE_THE_START,
    /** By the first replica when it stops: the start waits for nothing. */
    AT_THE_STOP
}
