/**
 * How lists are asked for (AIP-132, AIP-157, AIP-158, AIP-160): filters, orders, pages and masks, whatever is listed. Pure: a
 * request is either understood whole or refused with the name of the field and what would be right.
 */
@NullMarked
package dev.plumbline.collector.listing;

import org.jspecify.annotations.NullMarked;
