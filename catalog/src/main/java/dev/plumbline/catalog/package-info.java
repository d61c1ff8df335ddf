/** What Apple's documents ask for: editions, rows, and the targets derived from them. Pure data and functions. */
@NullMarked
package dev.plumbline.catalog;

import org.jspecify.annotations.NullMarked;
