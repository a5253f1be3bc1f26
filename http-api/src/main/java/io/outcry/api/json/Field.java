package io.outcry.api.json;

/**
 * A member that an object may have.
 *
 * @param index place among its {@link Fields}
 */
public record Field(String name, int index) {}
