/**
 * What the collector's database files have in common: numbered steps from files of older programs to this one's, a refusal of what a
 * newer one wrote, and copies of files that are in use.
 *
 * <p>The steps are taken by a class of ours and not by Flyway: it brings its own history table with times in it, which no rebuilt
 * file repeats, lets files of a newer program pass unless told otherwise, and scans the class path for what are a handful of steps.
 */
@NullMarked
package dev.plumbline.collector.sqlite;

import org.jspecify.annotations.NullMarked;
