package io.outcry.standalone.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which processors a server may run on. A replica of the API that moves between processors finds
 * its code and its data in the caches of neither; where there are as many replicas as processors,
 * each is better off on one.
 */
public final class Processors {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String LIST = "Cpus_allowed_list:";

    /** The list of those allowed may have some that are switched off. */
    private static final Path ONLINE = Path.of("/sys/devices/system/cpu/online");

    private Processors() {}

    /**
     * The command that runs {@code command} on the processor that is the turn of the server with
     * this index, or anywhere when there are fewer servers of the kind than processors, or when it
     * may not be chosen.
     */
    public static List<String> spread(int index, int servers, List<String> command) {
        List<Integer> allowed = allowed();
        if (servers < allowed.size()) {
            return command;
        }
        String processor = allowed.get(index % allowed.size()).toString();
        return Prefix.before(command, List.of("taskset", "--cpu-list", processor));
    }

    /** How many this process may use. */
    public static int count() {
        return allowed().size();
    }

    /** Those that this process may use, in ascending order. */
    static List<Integer> allowed() {
        try {
            List<Integer> online = parse(Files.readString(ONLINE).strip());
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(LIST))
                    .map(line -> line.substring(LIST.length()).strip())
                    .flatMap(list -> parse(list).stream())
                    .filter(online::contains)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By cpuset(7): numbers and ranges with commas between them, as {@code 0-3,8}. */
    static List<Integer> parse(String list) {
        List<Integer> processors = new ArrayList<>();
        for (String range : list.split(",", -1)) {
            String[] ends = range.split("-", 2);
            int first = Integer.parseInt(ends[0]);
            int last = Integer.parseInt(ends[ends.length - 1]);
            IntStream.rangeClosed(first, last).forEach(processors::add);
        }
        return processors;
    }
}
