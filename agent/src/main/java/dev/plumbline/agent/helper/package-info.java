/**
 * The helper: echoes with a known key, run by an agent beyond the site's edge, and where others find it. What comes back
 * changed, or does not come back, was changed or stopped on the way, whatever is assumed of Apple.
 */
@NullMarked
package dev.plumbline.agent.helper;

import org.jspecify.annotations.NullMarked;
