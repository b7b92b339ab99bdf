package io.lodge.receive;

import com.linecorp.armeria.common.HttpResponse;

/** A protocol's own words over HTTP: what a client is told becomes the answer it understands. */
@FunctionalInterface
interface HttpWords {
  HttpResponse say(Reply reply);
}
