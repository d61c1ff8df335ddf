/**
 * What this host allows its agent to do, whatever a collector asks for. Pure: it is told names, ports and addresses, and
 * answers with the reason for which one is refused.
 */
@NullMarked
package dev.plumbline.agent.policy;

import org.jspecify.annotations.NullMarked;
