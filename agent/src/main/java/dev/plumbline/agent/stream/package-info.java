/** The stream to the collector: what the spool holds goes up in order, plans and demands come down. */
@NullMarked
package dev.plumbline.agent.stream;

import org.jspecify.annotations.NullMarked;
