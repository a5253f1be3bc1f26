package io.outcry.report;

import java.util.List;

/**
 * What the system measured that this one starts from: 40 clients, 60 s, four faster cores.
 *
 * @param backends of it, which all wrote to one database
 */
record Original(int backends, int ordersPerSecond) {
    static final List<Original> FIGURES =
            List.of(new Original(1, 2_653), new Original(4, 3_163), new Original(8, 2_689));
}
