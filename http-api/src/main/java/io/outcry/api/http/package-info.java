/** The server: routes and who may take them, requests and answers, errors, headers, draining. */
@NullMarked
package io.outcry.api.http;

import org.jspecify.annotations.NullMarked;
