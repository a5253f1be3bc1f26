package io.outcry.standalone.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Commands that run another one in their own way, where they are there and allowed. */
final class Prefix {
    private Prefix() {}

    /** The command behind the prefix, or alone when the prefix cannot run anything. */
    static List<String> before(List<String> command, List<String> prefix) {
        if (!runs(prefix)) {
            return command;
        }
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return whole;
    }

    private static boolean runs(List<String> prefix) {
        List<String> trial = new ArrayList<>(prefix);
        trial.add("true");
        try {
            return new ProcessBuilder(trial).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
