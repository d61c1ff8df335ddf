/** The change that mends a finding, as a line for the device and a sentence for its owner. Pure. */
@NullMarked
package dev.plumbline.collector.remedy;

import org.jspecify.annotations.NullMarked;
