/**
 * Random firewalls as administrators write them, what agents behind them would report, and how much of what was written the
 * judge finds again. The model knows catalog and wire, and nothing of how the judge thinks.
 */
@NullMarked
package dev.plumbline.collector.firewall;

import org.jspecify.annotations.NullMarked;
