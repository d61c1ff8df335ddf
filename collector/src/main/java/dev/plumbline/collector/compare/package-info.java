/**
 * What differs between two sides: segments, one segment at two times, a segment and an edition. Only real differences: looks that
 * nobody confirmed, pools that rotate and ways of another length are left out. Pure.
 */
@NullMarked
package dev.plumbline.collector.compare;

import org.jspecify.annotations.NullMarked;
