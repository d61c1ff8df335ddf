package dev.plumbline.collector.delivery;

import dev.plumbline.collector.alert.Reception;

/**
 * One receiver.
 *
 * @param name by which it is known in the outbox: a receiver of another name is another one, and is told everything that is open
 */
record ReceiverSettings(String name, Reception reception, Target target) {}
