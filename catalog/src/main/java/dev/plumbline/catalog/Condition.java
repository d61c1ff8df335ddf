package dev.plumbline.catalog;

/**
 * What an edition asks for beyond hosts and ports, in our words.
 *
 * @param name stable word, such as {@code apns-direct} or {@code apns-pac-fails}
 * @param line line of the source document on which it is said, 0 for our own
 */
public record Condition(String name, int line, String text) {}
