package io.outcry.standalone.process;

import java.io.IOException;

/** A signal, and the way to send it to a process or to a whole process group. */
public enum Signal {
    TERM,
    INT,
    QUIT,
    HUP,
    KILL;

    private static final int NO_SUCH_PROCESS = 1;

    /** Sends this to one process. Does nothing when the process is gone. */
    void send(long pid) {
        send(Long.toString(pid));
    }

    /** Sends this to all processes of a group. Does nothing when none is left. */
    void sendToGroup(long groupId) {
        send("-" + groupId);
    }

    /**
     * Java's own {@code Process} knows only SIGTERM and SIGKILL, and no groups: the shell's
     * built-in knows all.
     */
    private void send(String target) {
        try {
            int status =
                    new ProcessBuilder(
                                    "/bin/sh",
                                    "-c",
                                    "kill -s " + name() + " -- \"$1\"",
                                    "kill",
                                    target)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor();
            if (status > NO_SUCH_PROCESS) {
                throw new IllegalStateException(
                        "kill -s " + name() + " " + target + " failed with status " + status);
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot run /bin/sh to send SIG" + name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
