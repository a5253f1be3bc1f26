package io.outcry.api.config;

/** What kind of venue it is, which decides many defaults. */
public enum Profile {
    /** Play money: accounts open with cash and may fill themselves. */
    PAPER,
    /** Nothing is given away, and limits are those for the internet. */
    PRODUCTION
}
