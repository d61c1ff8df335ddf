/**
 * What the collector's database files have in common: numbered steps from files of older programs to this one's, a refusal
 * of what a newer one wrote, and copies of files that are in use.
 *
 * <p>The steps are Flyway's. Left to itself it lets files of a newer program pass: they are refused before it is asked.
 */
@NullMarked
package dev.plumbline.collector.sqlite;

import org.jspecify.annotations.NullMarked;
