package io.outcry.api.market;

import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.instrument.InstrumentStatus;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.money.Scale;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the instruments that a venue begins with: one a line, values with commas, in the order of
 * the first line; prices and quantities are plain decimals. Lines that begin with # say nothing.
 */
public final class InstrumentFile {
    private static final String HEADER =
            "symbol,currency,price_scale,quantity_scale,cash_scale,tick,lot,max_quantity,"
                    + "reference_price,band_ppm,maker_fee_ppm,taker_fee_ppm";
    private static final int COLUMNS = HEADER.split(",").length;

    private InstrumentFile() {}

    /**
     * Reads a whole file.
     *
     * @throws IllegalArgumentException naming the line that is wrong
     */
    public static List<Instrument> parse(String text) {
        List<Instrument> instruments = new ArrayList<>();
        boolean headed = false;
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (!headed) {
                requireHeader(line);
                headed = true;
                continue;
            }
            instruments.add(instrument(line));
        }
        return instruments;
    }

    private static void requireHeader(String line) {
        if (!line.equals(HEADER)) {
            throw new IllegalArgumentException("the first line must be " + HEADER);
        }
    }

    private static Instrument instrument(String line) {
        String[] values = line.split(",", -1);
        if (values.length != COLUMNS) {
            throw new IllegalArgumentException(
                    "a line must have " + COLUMNS + " values, not: " + line);
        }
        try {
            Scale prices = new Scale(Integer.parseInt(values[2]));
            Scale quantities = new Scale(Integer.parseInt(values[3]));
            return new Instrument(
                    new Symbol(values[0]),
                    new Currency(values[1]),
                    prices,
                    quantities,
                    new Scale(Integer.parseInt(values[4])),
                    prices.parse(values[5]),
                    quantities.parse(values[6]),
                    quantities.parse(values[7]),
                    0,
                    prices.parse(values[8]),
                    Long.parseLong(values[9]),
                    Integer.parseInt(values[10]),
                    Integer.parseInt(values[11]),
                    InstrumentStatus.OPEN,
                    0);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a line is wrong: " + line, e);
        }
    }
}
