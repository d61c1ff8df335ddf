/** The smallest set of scopes that covers every failure and contradicts no pass. Pure. */
@NullMarked
package dev.plumbline.collector.explain;

import org.jspecify.annotations.NullMarked;
