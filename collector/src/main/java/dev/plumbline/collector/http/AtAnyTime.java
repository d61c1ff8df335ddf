package dev.plumbline.collector.http;

import com.linecorp.armeria.server.HttpService;

/** A service that answers however much is being answered: it takes no thread of its own, and memory that does not count. */
interface AtAnyTime extends HttpService {}
