/**
 * Takes alerts to those who are to be told: the outbox that keeps them, a thread for each receiver, and the ways out (HTTP, SMTP,
 * syslog). What is due, and what it says, is {@code alert}'s.
 *
 * <p>Nothing here is waited for by the judge. One thread looks what is due and writes it into the outbox, together with what the receiver
 * then was told, in one transaction; each receiver's own thread takes it from there. Conservation: what was written into the outbox =
 * waiting + delivered + refused + given up, and each of the last three has a line in the list.
 */
@NullMarked
package dev.plumbline.collector.delivery;

import org.jspecify.annotations.NullMarked;
