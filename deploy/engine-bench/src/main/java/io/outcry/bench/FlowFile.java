package io.outcry.bench;

import exchange.core2.core.common.OrderAction;
import exchange.core2.core.common.OrderType;
import exchange.core2.core.common.cmd.OrderCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads the flow's text: one command a line, as engine-cpp's bench writes it. */
final class FlowFile {

    /** Above every price, so that exchange-core lets a bid be moved anywhere. */
    private static final long NO_RESERVE = Long.MAX_VALUE;

    private FlowFile() {}

    static List<OrderCommand> read(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(FlowFile::parse).toList();
        }
    }

    static OrderCommand parse(String line) {
        String[] fields = line.split(" ", -1);
        long orderId = Long.parseLong(fields[1]);
        long account = Long.parseLong(fields[2]);
        return switch (fields[0]) {
            case "N" -> placed(orderId, account, fields);
            case "C" -> OrderCommand.cancel(orderId, account);
            case "M" -> OrderCommand.update(orderId, account, Long.parseLong(fields[3]));
            default -> throw new IllegalArgumentException("not a command of the flow: " + line);
        };
    }

    private static OrderCommand placed(long orderId, long account, String[] fields) {
        return OrderCommand.newOrder(
                fields[6].equals("I") ? OrderType.IOC : OrderType.GTC,
                orderId,
                account,
                Long.parseLong(fields[4]),
                NO_RESERVE,
                Long.parseLong(fields[5]),
                fields[3].equals("B") ? OrderAction.BID : OrderAction.ASK);
    }
}
