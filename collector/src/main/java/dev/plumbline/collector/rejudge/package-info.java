/** The journal's history judged under another edition, and what changes by it. Writes nothing. */
@NullMarked
package dev.plumbline.collector.rejudge;

import org.jspecify.annotations.NullMarked;
