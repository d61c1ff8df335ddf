/**
 * The append-only log of batches: what is in it is never lost and never changed.
 *
 * <p>Conservation law, checked after every test: {@code received = duplicate + journalled + failed}.
 */
@NullMarked
package dev.plumbline.collector.journal;

import org.jspecify.annotations.NullMarked;
