/**
 * The same questions as at the port of people and tools, as JSON over HTTP. How each rpc is asked stands in its {@code google.api.http}
 * annotation; the paths, the description at {@code /openapi.json} and what a parameter may be all come from there. Who may ask what
 * is the business of room {@code access}, by the interceptor of room {@code people}. Whatever else is served over HTTP is an
 * {@link HttpRoute}, bound in {@code CollectorModule}.
 */
@NullMarked
package dev.plumbline.collector.http;

import org.jspecify.annotations.NullMarked;
