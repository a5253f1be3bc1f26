package io.outcry.standalone.server;

import java.nio.file.Path;

/** The Java that runs us, which runs our children too. */
public final class JavaProgram {
    private JavaProgram() {}

    public static String path() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
