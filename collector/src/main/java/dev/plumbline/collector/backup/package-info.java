/**
 * Copies of a data folder's databases, made beside a running collector, and their way back. The store is copied before the
 * journal: so the journal of a backup tells all that its store contains, and what it tells beyond that is done again at the
 * next start. A restore changes nothing before it has written down all that it will do; whoever takes the folder next ends it.
 */
@NullMarked
package dev.plumbline.collector.backup;

import org.jspecify.annotations.NullMarked;
