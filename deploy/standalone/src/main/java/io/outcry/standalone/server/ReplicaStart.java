package io.outcry.standalone.server;

import java.time.Duration;

/**
 * How replicas start.
 *
 * @param warmUp the longest that a replica tries orders on itself before it is ready
 * @param archiving when the archive of classes is made that they start from
 */
public record ReplicaStart(Duration warmUp, ClassArchiving archiving) {}
