/** What Apple's documents ask for: editions, rows, and the targets derived from them. Read once, immutable then. */
@NullMarked
package dev.plumbline.catalog;

import org.jspecify.annotations.NullMarked;
