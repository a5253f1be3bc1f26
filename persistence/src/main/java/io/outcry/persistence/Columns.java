package io.outcry.persistence;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Rows turned into the columns of a statement that unnests arrays, and columns read. Pure
 * functions.
 */
final class Columns {
    private Columns() {}

    static <T> long[] longs(Collection<T> rows, ToLongFunction<? super T> field) {
        return rows.stream().mapToLong(field).toArray();
    }

    /** A numeric column that holds whole numbers alone. */
    static BigInteger integer(ResultSet row, int column) throws SQLException {
        return row.getBigDecimal(column).toBigIntegerExact();
    }

    static <T> String[] texts(Collection<T> rows, Function<? super T, String> field) {
        return rows.stream().map(field).toArray(String[]::new);
    }

    static <T> boolean[] flags(Collection<T> rows, Predicate<? super T> field) {
        boolean[] flags = new boolean[rows.size()];
        int i = 0;
        for (T row : rows) {
            flags[i++] = field.test(row);
        }
        return flags;
    }
}
