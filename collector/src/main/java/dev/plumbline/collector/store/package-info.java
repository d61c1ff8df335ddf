/** What queries read: the latest cells, requirements and agents, the history of incidents and runs, beside the judge's position. */
@NullMarked
package dev.plumbline.collector.store;

import org.jspecify.annotations.NullMarked;
