/**
 * The change that mends a finding, as a sentence for whoever runs the network and as lines for the boxes. Pure. A new language is
 * a word in {@code Dialect}, a {@code Writer} and its line in {@code Configurations}.
 */
@NullMarked
package dev.plumbline.collector.remedy;

import org.jspecify.annotations.NullMarked;
