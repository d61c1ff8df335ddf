package dev.plumbline.collector.delivery;

import java.time.Clock;

/**
 * The times that alerts go by.
 *
 * @param site by which it is decided what is due: rounds and incidents have it, and it never goes back
 * @param host what receivers compare with their own, in signatures, dates of mails and ends of alerts
 */
public record Clocks(Clock site, Clock host) {}
