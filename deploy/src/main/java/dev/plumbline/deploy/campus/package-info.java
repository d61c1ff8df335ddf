/**
 * A campus on loopback, without root: a fake Apple with real sockets, real TLS and real DNS whose behaviour depends on
 * the segment that asks. It shares no constant with what is tested against it.
 */
@NullMarked
package dev.plumbline.deploy.campus;

import org.jspecify.annotations.NullMarked;
