/** What was agreed with those who answer for it: when a segment is worked on, and what stays prevented for a time. */
@NullMarked
package dev.plumbline.collector.agreed;

import org.jspecify.annotations.NullMarked;
