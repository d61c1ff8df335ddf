/** What the judge says: mechanisms, findings, states, requirements, and how findings open and close. Pure. */
@NullMarked
package dev.plumbline.collector.finding;

import org.jspecify.annotations.NullMarked;
