package io.outcry.api.http;

import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what fails before or around the routes, in the one format of all errors. */
final class JettyErrors extends ErrorHandler {
    private final UnroutedAnswers counted;

    JettyErrors(UnroutedAnswers counted) {
        this.counted = counted;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        ErrorCode code = code(response.getStatus());
        counted.count(code.status());
        Problem problem = Problem.of(code, detail(code));
        if (problem.retryAfter() != null) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, problem.retryAfter().toSeconds());
        }
        String requestId = RequestId.of(request.getHeaders().get(RequestId.HEADER));
        byte[] body = ProblemJson.bytes(problem, requestId);
        response.setStatus(code.status());
        if (code == ErrorCode.METHOD_NOT_ALLOWED) {
            response.getHeaders().put(HttpHeader.ALLOW, KnownMethods.OF_ROUTES);
        }
        SecurityHeaders.put(response.getHeaders());
        response.getHeaders().put(RequestId.HEADER, requestId);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemJson.CONTENT_TYPE);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }

    /** The code of an HTTP status that was decided on elsewhere. */
    static ErrorCode code(int status) {
        return switch (status) {
            case HttpStatus.FORBIDDEN_403 -> ErrorCode.FORBIDDEN;
            case HttpStatus.NOT_FOUND_404 -> ErrorCode.NOT_FOUND;
            case HttpStatus.METHOD_NOT_ALLOWED_405 -> ErrorCode.METHOD_NOT_ALLOWED;
            case HttpStatus.REQUEST_TIMEOUT_408 -> ErrorCode.REQUEST_TIMEOUT;
            case HttpStatus.PAYLOAD_TOO_LARGE_413 -> ErrorCode.PAYLOAD_TOO_LARGE;
            case HttpStatus.URI_TOO_LONG_414 -> ErrorCode.URI_TOO_LONG;
            case HttpStatus.UNSUPPORTED_MEDIA_TYPE_415 -> ErrorCode.UNSUPPORTED_MEDIA_TYPE;
            case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 -> ErrorCode.HEADERS_TOO_LARGE;
            case HttpStatus.SERVICE_UNAVAILABLE_503 -> ErrorCode.OVERLOADED;
            // What Jetty says of a version or encoding that it does not speak.
            case HttpStatus.NOT_IMPLEMENTED_501, HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505 ->
                    ErrorCode.MALFORMED_REQUEST;
            default ->
                    HttpStatus.isClientError(status)
                            ? ErrorCode.MALFORMED_REQUEST
                            : ErrorCode.INTERNAL;
        };
    }

    static String detail(ErrorCode code) {
        return switch (code) {
            case FORBIDDEN -> "pages of this origin may not connect";
            case NOT_FOUND -> "nothing is served at this path";
            case METHOD_NOT_ALLOWED -> "this path does not take this method";
            case REQUEST_TIMEOUT -> "the request did not arrive in time";
            case PAYLOAD_TOO_LARGE -> "the request body is too large";
            case URI_TOO_LONG -> "the request's target is too long";
            case HEADERS_TOO_LARGE -> "the request's headers are too large";
            case OVERLOADED -> "the server is stopping or has too much to do";
            case INTERNAL -> "the server failed; its log names this request";
            default -> "the request is not valid HTTP";
        };
    }
}
