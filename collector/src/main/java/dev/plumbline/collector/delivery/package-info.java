/**
 * Takes alerts to those who are to be told: the outbox that keeps them, a thread for each receiver, and the ways out (HTTP, SMTP,
 * syslog). What is due, and what it says, is {@code alert}'s.
 *
 * <p>Nothing here is waited for by the judge. One thread looks what is due and writes it into the outbox, together with what the receiver
 * then was told, in one transaction; each receiver's own thread takes it from there. Conservation: what was written into the outbox =
 * waiting + delivered + refused + given up + withdrawn, and all but what is told again and again has a line in the list. What a receiver takes
 * to be open is what it confirmed: an opening that did not reach it is told again as long as the cause is there, an end until it did.
 */
@NullMarked
package dev.plumbline.collector.delivery;

import org.jspecify.annotations.NullMarked;
