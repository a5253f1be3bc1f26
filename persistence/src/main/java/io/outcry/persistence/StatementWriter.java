package io.outcry.persistence;

import io.outcry.domain.store.StatementStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows of text in one format or the other. For one thread. */
abstract class StatementWriter {
    private final Writer out;

    private StatementWriter(Writer out) {
        this.out = out;
    }

    static StatementWriter of(StatementStore.Format format, Writer out) {
        return switch (format) {
            case CSV -> new Csv(out);
            case JSON -> new Json(out);
        };
    }

    abstract void begin(List<String> names);

    /** As many fields as there are names. */
    abstract void row(@Nullable String[] fields);

    abstract void end();

    final void put(String text) {
        try {
            out.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Csv extends StatementWriter {
        private Csv(Writer out) {
            super(out);
        }

        @Override
        void begin(List<String> names) {
            put(String.join(",", names) + "\r\n");
        }

        @Override
        void row(@Nullable String[] fields) {
            for (int i = 0; i < fields.length; i++) {
                String field = fields[i];
                put(i == 0 ? "" : ",");
                put(field == null ? "" : quoted(field));
            }
            put("\r\n");
        }

        private static String quoted(String field) {
            boolean plain =
                    field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
            return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
        }

        @Override
        void end() {}
    }

    private static final class Json extends StatementWriter {
        private List<String> names = List.of();
        private boolean first = true;

        private Json(Writer out) {
            super(out);
        }

        @Override
        void begin(List<String> columns) {
            names = columns;
            put("[");
        }

        @Override
        void row(@Nullable String[] fields) {
            put(first ? "\n{" : ",\n{");
            first = false;
            for (int i = 0; i < fields.length; i++) {
                String field = fields[i];
                put((i == 0 ? "\"" : ",\"") + names.get(i) + "\":");
                put(field == null ? "null" : quoted(field));
            }
            put("}");
        }

        private static String quoted(String field) {
            StringBuilder text = new StringBuilder(field.length() + 2).append('"');
            for (int i = 0; i < field.length(); i++) {
                char c = field.charAt(i);
                if (c == '"' || c == '\\') {
                    text.append('\\').append(c);
                } else if (c < ' ') {
                    text.append(String.format("\\u%04x", (int) c));
                } else {
                    text.append(c);
                }
            }
            return text.append('"').toString();
        }

        @Override
        void end() {
            put("\n]\n");
        }
    }
}
