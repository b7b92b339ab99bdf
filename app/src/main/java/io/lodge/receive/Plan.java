package io.lodge.receive;

import com.linecorp.armeria.common.HttpResponse;
import io.lodge.model.ContentEncoding;
import io.lodge.model.PayloadKind;

/** What is to be done with a request, judged by its headers alone. */
sealed interface Plan {

  /**
   * Its body is read and kept.
   *
   * @param kind which decoder reads it
   * @param encoding how it is compressed
   * @param context what the request says beside its body and the decoder needs; mostly empty
   */
  record Read(PayloadKind kind, ContentEncoding encoding, String context) implements Plan {}

  /** It is refused, in the words of its route, before its body is read. */
  record Refuse(Reply.Refused why) implements Plan {}

  /** It has no data: a client asks who is there. */
  record Answer(HttpResponse response) implements Plan {}
}
