package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import org.junit.jupiter.api.Test;

/** What a log line looks like. */
class LogFormatTest {

    private static Encoder<ILoggingEvent> encoder(String format) throws Exception {
        LoggerContext context = new LoggerContext();
        if (!format.isEmpty()) {
            context.putProperty("OUTCRY_LOG_FORMAT", format);
        }
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(LogFormatTest.class.getResource("/logback.xml"));
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        var appender = (ConsoleAppender<ILoggingEvent>) root.iteratorForAppenders().next();
        return appender.getEncoder();
    }

    @Test
    void linesAreTextUnlessJsonIsAskedFor() throws Exception {
        assertThat(encoder("")).isInstanceOf(PatternLayoutEncoder.class);
        assertThat(encoder("text")).isInstanceOf(PatternLayoutEncoder.class);
        assertThat(encoder("json")).isInstanceOf(JsonEncoder.class);
    }
}
