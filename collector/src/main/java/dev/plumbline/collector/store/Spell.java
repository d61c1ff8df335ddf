package dev.plumbline.collector.store;

import dev.plumbline.collector.finding.Cell;
import java.time.Instant;

/**
 * How a cell was for a while.
 *
 * @param cell as the first round showed it that showed it so, without recent rounds
 * @param since when the collector knew it
 */
public record Spell(Cell cell, Instant since) {}
