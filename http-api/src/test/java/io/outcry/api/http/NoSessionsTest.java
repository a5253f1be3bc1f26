package io.outcry.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

class NoSessionsTest {

    /** Answers with the id of a session, which every upgrade to WebSocket asks for too. */
    private static final class AsksForASession extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            response.getWriter().write(request.getSession().getId());
        }
    }

    @Test
    void whoeverAsksForASessionLeavesNothingBehind() throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        NoSessions sessions = new NoSessions();
        ServletContextHandler context = new ServletContextHandler("/");
        context.setSessionHandler(sessions);
        context.addServlet(new AsksForASession(), "/");
        server.setHandler(context);
        server.start();
        try {
            URI uri = URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/");
            HttpClient client = HttpClient.newHttpClient();
            HttpResponse<String> answer =
                    client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
            assertThat(answer.body()).isNotEmpty();
            assertThat(sessions.getSessionCache().contains(answer.body())).isFalse();
        } finally {
            server.stop();
        }
    }
}
