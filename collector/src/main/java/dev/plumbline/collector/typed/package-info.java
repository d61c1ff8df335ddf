/** What people type to ask: times, and sides of a comparison. The same on the command line and in a browser. Pure. */
@NullMarked
package dev.plumbline.collector.typed;

import org.jspecify.annotations.NullMarked;
