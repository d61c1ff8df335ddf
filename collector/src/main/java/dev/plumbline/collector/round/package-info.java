/** Rounds in progress: which are open, when they close, what their verdict is the latest word on, and rounds on demand. */
@NullMarked
package dev.plumbline.collector.round;

import org.jspecify.annotations.NullMarked;
