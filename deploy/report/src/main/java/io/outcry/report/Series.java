package io.outcry.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The runs of one setting, by the number of replicas.
 *
 * @param points ascending
 */
record Series(Run.Setting setting, List<Point> points) {

    /**
     * All rounds with as many replicas. Rates and latencies are medians, so that one disturbed
     * round does not decide.
     *
     * @param low the slowest round, {@code high} the fastest
     * @param busiestReplica what the busiest replica of all rounds used of a core
     * @param cpuShare cores' worth of time that each component used
     * @param cores of the machine
     */
    record Point(
            int replicas,
            int rounds,
            double ordersPerSecond,
            double low,
            double high,
            double p50Millis,
            double p99Millis,
            long failed,
            SortedMap<String, Double> cpuShare,
            OptionalDouble busiestReplica,
            int cores) {

        static Point of(int replicas, List<Run> runs) {
            List<Double> rates = runs.stream().map(Run::ordersPerSecond).sorted().toList();
            SortedMap<String, Double> cpu = new TreeMap<>();
            for (Run run : runs) {
                run.cpuSeconds()
                        .forEach(
                                (name, seconds) ->
                                        cpu.merge(
                                                name,
                                                seconds / run.seconds() / runs.size(),
                                                Double::sum));
            }
            return new Point(
                    replicas,
                    runs.size(),
                    median(rates),
                    rates.get(0),
                    rates.get(rates.size() - 1),
                    median(runs.stream().map(Run::p50Millis).sorted().toList()),
                    median(runs.stream().map(Run::p99Millis).sorted().toList()),
                    runs.stream().mapToLong(Run::failed).sum(),
                    cpu,
                    runs.stream()
                            .flatMap(run -> run.replicaCores().stream())
                            .mapToDouble(Double::doubleValue)
                            .max(),
                    runs.get(0).cores());
        }

        private static double median(List<Double> sorted) {
            int middle = sorted.size() / 2;
            return sorted.size() % 2 == 1
                    ? sorted.get(middle)
                    : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        }

        /** Between the slowest and the fastest round, as a share of the median. */
        double spread() {
            return ordersPerSecond == 0 ? 0 : (high - low) / ordersPerSecond;
        }
    }

    static List<Series> of(List<Run> runs) {
        Map<Run.Setting, SortedMap<Integer, List<Run>>> sorted = new TreeMap<>();
        for (Run run : runs) {
            sorted.computeIfAbsent(run.setting(), setting -> new TreeMap<>())
                    .computeIfAbsent(run.replicas(), replicas -> new ArrayList<>())
                    .add(run);
        }
        List<Series> all = new ArrayList<>();
        sorted.forEach(
                (setting, byReplicas) -> {
                    List<Point> points = new ArrayList<>();
                    byReplicas.forEach((replicas, of) -> points.add(Point.of(replicas, of)));
                    all.add(new Series(setting, points));
                });
        return all;
    }

    double best() {
        return points.stream().mapToDouble(Point::ordersPerSecond).max().orElse(0);
    }
}
