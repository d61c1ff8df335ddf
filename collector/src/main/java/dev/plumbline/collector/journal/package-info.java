/**
 * The append-only log of batches: what is in it is never changed, and goes only by retention, oldest first. Beside them stands what was decided: each
 * closing of a round, before anything is written of it elsewhere, and each beginning of the judge. An entry that is not as it
 * was written any more is told, and passed over by everybody.
 *
 * <p>Conservation law, checked after every test: {@code received = duplicate + journalled + failed}.
 */
@NullMarked
package dev.plumbline.collector.journal;

import org.jspecify.annotations.NullMarked;
