package io.lodge.receive;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.util.List;

/** A {@code google.rpc.Status} read by protobuf-java: the oracle of what we write by hand. */
record RpcStatus(int code, String message, double retryAfterSeconds) {

  static RpcStatus parse(byte[] bytes) {
    try {
      UnknownFieldSet status = UnknownFieldSet.parseFrom(bytes);
      List<Long> code = status.getField(1).getVarintList();
      double retryAfter = -1;
      if (status.hasField(3)) {
        Any any = Any.parseFrom(status.getField(3).getLengthDelimitedList().getFirst());
        if (!any.getTypeUrl().equals("type.googleapis.com/google.rpc.RetryInfo")) {
          throw new AssertionError("unexpected detail " + any.getTypeUrl());
        }
        UnknownFieldSet info = UnknownFieldSet.parseFrom(any.getValue());
        Duration delay = Duration.parseFrom(info.getField(1).getLengthDelimitedList().getFirst());
        retryAfter = delay.getSeconds() + delay.getNanos() / 1e9;
      }
      String message = status.getField(2).getLengthDelimitedList().getFirst().toStringUtf8();
      return new RpcStatus(code.getFirst().intValue(), message, retryAfter);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("not a google.rpc.Status", e);
    }
  }
}
