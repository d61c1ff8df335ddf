/**
 * How the store comes of the journal. A closing is in the journal before the store is written, and a verdict is a function
 * of the records read up to it, of the closings before it and of where the judge began: so what a kill prevented is done
 * again as it was decided, and the whole store can be made anew.
 *
 * <p>The judge remembers more than the store (what was silent, which builds spoke, what was held), and begins without that
 * at each start. So a beginning stands in the journal as well, with the closing that the store contained then: whoever makes the
 * store anew lets a judge begin where one began, and applies to it what was applied there. Where retention deleted records, that
 * is a snapshot of the store, at which a judge began.
 */
@NullMarked
package dev.plumbline.collector.projection;

import org.jspecify.annotations.NullMarked;
