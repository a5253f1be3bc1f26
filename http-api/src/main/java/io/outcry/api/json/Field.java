package io.outcry.api.json;

/**
 * A member that an object may have.
 *
 * @param index place among its {@link Fields}
 * @param list whether it is an array of strings
 */
public record Field(String name, int index, boolean list) {}
