/** Whether silence may be told as a cause yet, with a chosen error. Pure. */
@NullMarked
package dev.plumbline.collector.confirm;

import org.jspecify.annotations.NullMarked;
