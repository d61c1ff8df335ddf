/**
 * What was measured waits here, on disk, until the collector has it durably.
 *
 * <p>Conservation law, in observations, checked after every test: {@code spooled = acked + dropped + refused + damaged + pending}.
 */
@NullMarked
package dev.plumbline.agent.spool;

import org.jspecify.annotations.NullMarked;
