/**
 * The site as it is in force: what stands in the collector's configuration, and after it the changes that were made by command,
 * in their order. A segment of the configuration is changed there and nowhere else; one that was added by command and is written
 * into the configuration later is the configuration's from then on. Pure.
 */
@NullMarked
package dev.plumbline.collector.declared;

import org.jspecify.annotations.NullMarked;
