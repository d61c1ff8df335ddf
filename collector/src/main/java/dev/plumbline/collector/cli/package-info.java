/** The commands of {@code plumbline} that ask a collector. They decide nothing: what is printed was said by the collector. */
@NullMarked
package dev.plumbline.collector.cli;

import org.jspecify.annotations.NullMarked;
