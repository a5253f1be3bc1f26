package io.outcry.engineclient;

import java.util.List;

/** The threads that this module has started and that still live. */
final class EngineThreads {
    private EngineThreads() {}

    static List<String> alive() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("outcry-engine"))
                .toList();
    }
}
