/** Answers what operations ask, from the store alone. */
@NullMarked
package dev.plumbline.collector.query;

import org.jspecify.annotations.NullMarked;
