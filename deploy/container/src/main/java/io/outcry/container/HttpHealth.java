package io.outcry.container;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks an HTTP server how it does. The plainest client of the JDK: it is started anew for every
 * check, and loads a tenth of the classes of the newer one.
 */
final class HttpHealth {
    private HttpHealth() {}

    static Optional<String> problem(URI uri, Duration limit) {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout((int) limit.toMillis());
            connection.setReadTimeout((int) limit.toMillis());
            int status = connection.getResponseCode();
            connection.disconnect();
            return status == HttpURLConnection.HTTP_OK
                    ? Optional.empty()
                    : Optional.of(uri + " answers " + status);
        } catch (IOException e) {
            return Optional.of(uri + " does not answer: " + e.getMessage());
        }
    }
}
