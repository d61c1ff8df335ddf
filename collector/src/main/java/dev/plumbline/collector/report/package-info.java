/**
 * What an audit of a period is told: shares of the period in which each requirement was met, breaches, both answers, findings with
 * evidence, agreements, coverage, and by what was judged. Pure: the same past gives the same bytes. Time of which nothing is known is
 * neither met nor broken, and a share of its own.
 *
 * <p>Conservation law, checked in the tests: the shares of a period sum up to the period.
 */
@NullMarked
package dev.plumbline.collector.report;

import org.jspecify.annotations.NullMarked;
