/**
 * A month of a campus of fifty agents, written by the product's own journal, judge and store from facts that are made up, and what
 * a collector takes to answer questions about it: measured over its ports, no test.
 */
@NullMarked
package dev.plumbline.deploy.bench.month;

import org.jspecify.annotations.NullMarked;
